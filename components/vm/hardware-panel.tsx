"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { DiskView } from "@/lib/model/disk";
import type { ImageView } from "@/lib/model/image";
import type { Quota } from "@/lib/model/quota";
import type { VmDetail } from "@/lib/model/vm";
import { BootOrder } from "./boot-order";
import { DisksSection } from "./disks/disks-section";
import type { DiskActions } from "./disks/types";
import { DriveCard } from "./drive-card";
import { AddNic } from "./nic/add-nic";
import { NicTable } from "./nic/nic-table";
import type { NicActions } from "./nic/types";
import { ResizeForm } from "./resize-form";
import { SizesCard } from "./sizes-card";
import type {
  BootOrderAction,
  EjectAction,
  HostRoom,
  InsertAction,
  ResizeAction,
  VideoAction,
} from "./types";
import { useVmDetail } from "./use-vm-detail";
import { VideoCard } from "./video-card";

interface HardwarePanelProps {
  detail: VmDetail;
  images: ImageView[];
  room: HostRoom | null;
  quota: Quota;
  /** Disks of the project that no VM has. */
  kept: readonly DiskView[];
  /** The card of its processors, which asks its host. */
  cpu: ReactNode;
  /** What its guest tells of its memory, which comes later than the page. */
  memory: ReactNode;
  /** The card of its clipboard. */
  clipboard: ReactNode;
  forbidden: {
    resize: string | null;
    media: string | null;
    disk: string | null;
    nic: string | null;
    boot: string | null;
    video: string | null;
    diskLimits: string | null;
    nicLimits: string | null;
  };
  actions: {
    resize: ResizeAction;
    eject: EjectAction;
    insert: InsertAction;
    disk: DiskActions;
    setBootOrder: BootOrderAction;
    setVideo: VideoAction;
    nic: NicActions;
  };
}

export function HardwarePanel(props: HardwarePanelProps) {
  const { detail, images, room, quota, kept, cpu, memory, forbidden, actions } = props;
  const t = useTranslations("vm.hardware");
  const vm = useVmDetail(detail);
  const drive = vm.disks.find((disk) => disk.device === "cdrom");
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <ResizeForm
          vm={vm}
          room={room}
          quota={quota}
          forbidden={forbidden.resize}
          resize={actions.resize}
        />
        <div className="flex flex-col gap-5">
          <SizesCard vm={vm} />
          {drive && (
            <DriveCard
              vm={vm}
              drive={drive}
              images={images}
              forbidden={forbidden.media}
              eject={actions.eject}
              insert={actions.insert}
            />
          )}
        </div>
      </div>
      {cpu}
      <DisksSection
        vm={vm}
        quota={quota}
        kept={kept}
        pool={room?.diskPool ?? null}
        forbidden={forbidden.disk}
        noLimits={forbidden.diskLimits}
        actions={actions.disk}
      >
        <BootOrder vm={vm} forbidden={forbidden.boot} setOrder={actions.setBootOrder} />
      </DisksSection>
      <section className="flex flex-col gap-2">
        <div className="flex items-center justify-between gap-2">
          <h2 className="font-semibold">{t("nics")}</h2>
          <AddNic
            vm={vm}
            networks={room?.networks ?? []}
            forbidden={forbidden.nic}
            add={actions.nic.add}
          />
        </div>
        <NicTable
          vm={vm}
          networks={room?.networks ?? []}
          forbidden={forbidden.nic}
          limitsForbidden={forbidden.nicLimits}
          actions={actions.nic}
        />
      </section>
      {props.clipboard}
      <VideoCard vm={vm} forbidden={forbidden.video} set={actions.setVideo} />
      {memory}
    </div>
  );
}
