import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { hostRoom } from "@/app/(portal)/host-room";
import { reasons } from "@/app/why-not";
import { HardwarePanel } from "@/components/vm/hardware-panel";
import { listImages } from "@/lib/services/image/list-images";
import { getQuota } from "@/lib/services/quota/get-quota";
import {
  ejectMediaAction,
  insertMediaAction,
  resizeVmAction,
  setNicLinkAction,
} from "../../actions";
import { addDiskAction, growDiskAction } from "../../disk-actions";
import { vmPage } from "../vm-page";

interface HardwarePageProps {
  params: Promise<{ project: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("vm.tabs"))("hardware") };
}

export default async function HardwarePage({ params }: HardwarePageProps) {
  const { project: slug, id } = await params;
  const { ctx, project, vm } = await vmPage(slug, id);
  const [why, images, quota] = await Promise.all([
    reasons(ctx, project.id),
    listImages(ctx, { projectId: project.id }),
    getQuota(ctx, { projectId: project.id }),
  ]);
  return (
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
      }}
      actions={{
        resize: resizeVmAction,
        eject: ejectMediaAction,
        insert: insertMediaAction,
        disk: { add: addDiskAction, grow: growDiskAction },
        setLink: setNicLinkAction,
      }}
    />
  );
}
