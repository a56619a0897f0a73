"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { formatBytes } from "@/components/ui/format";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { ImageView } from "@/lib/model/image";
import type { Quota } from "@/lib/model/quota";
import type { VmDetail, VmDiskView } from "@/lib/model/vm";
import { AddDisk } from "./add-disk";
import { DriveCard } from "./drive-card";
import { NicTable } from "./nic-table";
import { ResizeForm } from "./resize-form";
import { SizesCard } from "./sizes-card";
import type {
  AddDiskAction,
  EjectAction,
  HostRoom,
  InsertAction,
  NicLinkAction,
  ResizeAction,
} from "./types";
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
    addDisk: AddDiskAction;
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
      <section className="flex flex-col gap-2">
        <div className="flex items-center justify-between gap-2">
          <h2 className="font-semibold">{t("disks")}</h2>
          <AddDisk
            vm={vm}
            quota={quota}
            pool={room?.diskPool ?? null}
            forbidden={forbidden.disk}
            add={actions.addDisk}
          />
        </div>
        <DiskTable disks={vm.disks.filter((disk) => disk.device === "disk")} />
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="font-semibold">{t("nics")}</h2>
        <NicTable vm={vm} forbidden={forbidden.nic} setLink={actions.setLink} />
      </section>
    </div>
  );
}

function DiskTable({ disks }: { disks: VmDiskView[] }) {
  const t = useTranslations("vm.hardware");
  const volume = useTranslations("volume");
  const pathname = usePathname();
  const locale = useLocale();
  const bytes = (size: number | null) => (size === null ? "–" : formatBytes(size, locale));
  if (disks.length === 0) return <p className="text-muted">{t("noDisks")}</p>;
  return (
    <Table aria-label={t("disks")}>
      <thead>
        <tr>
          <Th>{t("target")}</Th>
          <Th className="max-sm:hidden">{t("bus")}</Th>
          <Th>{t("format")}</Th>
          <Th>{t("size")}</Th>
          <Th className="max-sm:hidden">{t("allocated")}</Th>
          <Th className="max-sm:hidden">{t("volume")}</Th>
          <Th className="max-sm:hidden">{t("boot")}</Th>
        </tr>
      </thead>
      <tbody>
        {disks.map((disk) => (
          <Tr key={disk.target}>
            <Td className="font-mono text-xs">
              <Link
                href={`${pathname}/${disk.target}`}
                aria-label={volume("link", { target: disk.target })}
                className="text-accent-text underline-offset-2 hover:underline"
              >
                {disk.target}
              </Link>
            </Td>
            <Td className="max-sm:hidden">{disk.bus}</Td>
            <Td>{disk.format ?? "–"}</Td>
            <Td className="whitespace-nowrap">{bytes(disk.capacityBytes)}</Td>
            <Td className="whitespace-nowrap max-sm:hidden">{bytes(disk.allocationBytes)}</Td>
            <Td className="font-mono text-xs max-sm:hidden">{disk.volume ?? "–"}</Td>
            <Td className="max-sm:hidden">{disk.bootOrder ?? "–"}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
