import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { hostRoom } from "@/app/(portal)/host-room";
import { reasons } from "@/app/why-not";
import { FollowServer } from "@/components/shell/follow-server";
import { HardwarePanel } from "@/components/vm/hardware-panel";
import { listImages } from "@/lib/services/image/list-images";
import { revisionOf } from "@/lib/services/live/revision-of";
import { listNetworks } from "@/lib/services/network/list-networks";
import { getQuota } from "@/lib/services/quota/get-quota";
import { ejectMediaAction, insertMediaAction, resizeVmAction } from "../../actions";
import { addDiskAction, growDiskAction } from "../../disk-actions";
import { vmPage } from "../vm-page";
import {
  addNicAction,
  moveNicAction,
  removeNicAction,
  setNicLimitsAction,
  setNicLinkAction,
  setNicModelAction,
} from "./actions";

interface HardwarePageProps {
  params: Promise<{ project: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("vm.tabs"))("hardware") };
}

export default async function HardwarePage({ params }: HardwarePageProps) {
  const { project: slug, id } = await params;
  const { ctx, project, vm } = await vmPage(slug, id);
  const [why, images, networks, quota] = await Promise.all([
    reasons(ctx, project.id),
    listImages(ctx, { projectId: project.id }),
    listNetworks(ctx, { projectId: project.id }),
    getQuota(ctx, { projectId: project.id }),
  ]);
  return (
    <>
      {/* Which of them a card can be put into. */}
      <FollowServer of="networks" rendered={revisionOf(networks)} />
      <HardwarePanel
        detail={vm}
        images={images}
        room={hostRoom(ctx, vm.hostId)}
        quota={quota}
        forbidden={{
          resize: why("vm.resize"),
          media: why("vm.media"),
          disk: why("vm.disk"),
          nic: why("vm.nic"),
          nicLimits: why("vm.set_nic_limits"),
        }}
        actions={{
          resize: resizeVmAction,
          eject: ejectMediaAction,
          insert: insertMediaAction,
          disk: { add: addDiskAction, grow: growDiskAction },
          nic: {
            add: addNicAction,
            remove: removeNicAction,
            move: moveNicAction,
            setModel: setNicModelAction,
            setLimits: setNicLimitsAction,
            setLink: setNicLinkAction,
          },
        }}
      />
    </>
  );
}
