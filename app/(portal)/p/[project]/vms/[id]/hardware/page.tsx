import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { hostRoom } from "@/app/(portal)/host-room";
import { reasonsOn } from "@/app/why-not";
import { MemoryCard } from "@/components/guest/memory-card";
import { FollowServer } from "@/components/shell/follow-server";
import { Skeleton } from "@/components/ui/skeleton";
import { ClipboardCard } from "@/components/vm/clipboard-card";
import { CpuCard } from "@/components/vm/cpu-card";
import { HardwarePanel } from "@/components/vm/hardware-panel";
import { isAppError } from "@/lib/model/errors";
import type { VmDetail } from "@/lib/model/vm";
import type { Context } from "@/lib/services/context";
import { disksRevision } from "@/lib/services/disk/disks-revision";
import { listDisks } from "@/lib/services/disk/list-disks";
import { listImages } from "@/lib/services/image/list-images";
import { revisionOf } from "@/lib/services/live/revision-of";
import { listNetworks } from "@/lib/services/network/list-networks";
import { getQuota } from "@/lib/services/quota/get-quota";
import { getCpu } from "@/lib/services/vm/get-cpu";
import { getMemory } from "@/lib/services/vm/get-memory";
import { ejectMediaAction, insertMediaAction, resizeVmAction } from "../../actions";
import {
  addDiskAction,
  attachDiskAction,
  detachDiskAction,
  growDiskAction,
  limitDiskAction,
  planDiskSettingsAction,
  setBootOrderAction,
  setDiskSettingsAction,
} from "../../disk-actions";
import { vmPage } from "../vm-page";
import {
  addNicAction,
  moveNicAction,
  removeNicAction,
  setClipboardAction,
  setCpuAction,
  setNicLimitsAction,
  setNicLinkAction,
  setNicModelAction,
  setVideoAction,
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
  const [why, images, networks, quota, disks] = await Promise.all([
    reasonsOn(ctx, vm),
    listImages(ctx, { projectId: project.id }),
    listNetworks(ctx, { projectId: project.id }),
    getQuota(ctx, { projectId: project.id }),
    listDisks(ctx, { projectId: project.id }),
  ]);
  return (
    <>
      {/* Which of them a card can be put into, and which disks can be attached. */}
      <FollowServer of="networks" rendered={revisionOf(networks)} />
      <FollowServer of="disks" rendered={disksRevision(disks)} />
      <HardwarePanel
        detail={vm}
        images={images}
        room={hostRoom(ctx, vm.hostId)}
        quota={quota}
        cpu={
          <Suspense fallback={<Skeleton className="h-80" />}>
            <Cpu ctx={ctx} vm={vm} forbidden={why("vm.resize")} />
          </Suspense>
        }
        memory={
          <Suspense fallback={<Skeleton className="h-64" />}>
            <Memory ctx={ctx} vm={vm} />
          </Suspense>
        }
        clipboard={
          <ClipboardCard detail={vm} forbidden={why("vm.clipboard")} set={setClipboardAction} />
        }
        kept={disks.filter((disk) => disk.vm === null)}
        forbidden={{
          resize: why("vm.resize"),
          media: why("vm.media"),
          disk: why("vm.disk"),
          nic: why("vm.nic"),
          boot: why("vm.boot"),
          video: why("vm.video"),
          diskLimits: why("vm.set_disk_limits"),
          nicLimits: why("vm.set_nic_limits"),
        }}
        actions={{
          resize: resizeVmAction,
          eject: ejectMediaAction,
          insert: insertMediaAction,
          disk: {
            add: addDiskAction,
            attach: attachDiskAction,
            grow: growDiskAction,
            detach: detachDiskAction,
            setLimits: limitDiskAction,
            planSettings: planDiskSettingsAction,
            setSettings: setDiskSettingsAction,
          },
          setBootOrder: setBootOrderAction,
          setVideo: setVideoAction,
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

interface CpuProps {
  ctx: Context;
  vm: VmDetail;
  forbidden: string | null;
}

/** A guest that is busy answers late: the page does not wait for it. */
async function Memory({ ctx, vm }: { ctx: Context; vm: VmDetail }) {
  try {
    const view = await getMemory(ctx, { vmId: vm.id });
    return <MemoryCard detail={vm} view={view} failure={null} />;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return <MemoryCard detail={vm} view={null} failure={error.userMessage} />;
  }
}

/** Whoever may choose sees what there is to choose from; a host may look into QEMU first. */
async function Cpu({ ctx, vm, forbidden }: CpuProps) {
  const card = {
    detail: vm,
    hostCpuCount: hostRoom(ctx, vm.hostId)?.cpuCount ?? 0,
    forbidden,
    set: setCpuAction,
  };
  try {
    const { choices } = await getCpu(ctx, { vmId: vm.id });
    return <CpuCard {...card} choices={choices} />;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return <CpuCard {...card} choices={null} />;
  }
}
