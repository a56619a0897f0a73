"use client";

import { usePathname } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { formatBytes } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { DiskMenu, type DiskMenuProps } from "./disk-menu";

/** The VM's disks as its host reports them. */
export function DiskTable(props: Omit<DiskMenuProps, "disk">) {
  const t = useTranslations("vm.hardware");
  const settings = useTranslations("vm.diskSettings");
  const volume = useTranslations("volume");
  const pathname = usePathname();
  const locale = useLocale();
  const bytes = (size: number | null) => (size === null ? "–" : formatBytes(size, locale));
  const disks = props.vm.disks.filter((disk) => disk.device === "disk");
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
          <Th className="max-md:hidden">{t("volume")}</Th>
          <Th className="max-sm:hidden">{t("boot")}</Th>
          <Th>
            <span className="sr-only">{t("actions")}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {disks.map((disk) => (
          <Tr key={disk.target}>
            <Td className="font-mono text-xs">
              <Link
                href={`${pathname}/${disk.target}`}
                title={volume("link", { target: disk.target })}
                className="text-accent-text underline-offset-2 hover:underline"
              >
                {disk.target}
              </Link>
            </Td>
            <Td className="max-sm:hidden">
              {disk.bus}
              {disk.nextSettings && disk.nextSettings.bus !== disk.bus && (
                <span className="block text-muted text-xs">
                  {settings("nextIs", { value: disk.nextSettings.bus })}
                </span>
              )}
            </Td>
            <Td>{disk.format ?? "–"}</Td>
            <Td className="whitespace-nowrap">{bytes(disk.capacityBytes)}</Td>
            <Td className="whitespace-nowrap max-sm:hidden">{bytes(disk.allocationBytes)}</Td>
            <Td className="font-mono text-xs max-md:hidden">{disk.volume ?? "–"}</Td>
            <Td className="max-sm:hidden">{disk.bootOrder ?? "–"}</Td>
            <Td className="w-0">
              <DiskMenu {...props} disk={disk} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
