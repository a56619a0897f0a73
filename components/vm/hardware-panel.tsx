"use client";

import { useTranslations } from "next-intl";
import type { ImageView } from "@/lib/model/image";
import type { Quota } from "@/lib/model/quota";
import type { VmDetail } from "@/lib/model/vm";
import { DisksSection } from "./disks/disks-section";
import type { DiskActions } from "./disks/types";
import { DriveCard } from "./drive-card";
import { NicTable } from "./nic-table";
import { ResizeForm } from "./resize-form";
import { SizesCard } from "./sizes-card";
import type { EjectAction, HostRoom, InsertAction, NicLinkAction, ResizeAction } from "./types";
import { useVmDetail } from "./use-vm-detail";

interface HardwarePanelProps {
  detail: VmDetail;
  images: ImageView[];
  room: HostRoom | null;
  quota: Quota;
  forbidden: {
    resize: string | null;
    media: string | null;
    disk: string | null;
    nic: string | null;
  };
  actions: {
    resize: ResizeAction;
    eject: EjectAction;
    insert: InsertAction;
    disk: DiskActions;
    setLink: NicLinkAction;
  };
}

export function HardwarePanel(props: HardwarePanelProps) {
  const { detail, images, room, quota, forbidden, actions } = props;
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
      <DisksSection
        vm={vm}
        quota={quota}
        pool={room?.diskPool ?? null}
        forbidden={forbidden.disk}
        actions={actions.disk}
      />
      <section className="flex flex-col gap-2">
        <h2 className="font-semibold">{t("nics")}</h2>
        <NicTable vm={vm} forbidden={forbidden.nic} setLink={actions.setLink} />
      </section>
    </div>
  );
}
