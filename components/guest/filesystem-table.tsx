"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatBytes } from "@/components/ui/format";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { GuestFilesystem } from "@/lib/model/guest/guest";

/** What is mounted inside the guest, and how full it is. */
export function FilesystemTable({ filesystems }: { filesystems: GuestFilesystem[] }) {
  const t = useTranslations("guest");
  const locale = useLocale();
  const bytes = (size: number | null) => (size === null ? "–" : formatBytes(size, locale));
  if (filesystems.length === 0) return <p className="text-13 text-muted">{t("noFilesystems")}</p>;
  const once = new Map(filesystems.map((each) => [each.mountpoint, each]));
  return (
    <Table aria-label={t("filesystems")}>
      <thead>
        <Tr>
          <Th>{t("mountpoint")}</Th>
          <Th>{t("type")}</Th>
          <Th>{t("total")}</Th>
          <Th>{t("used")}</Th>
          <Th>{t("disks")}</Th>
        </Tr>
      </thead>
      <tbody>
        {[...once.values()].map((each) => (
          <Tr key={each.mountpoint}>
            <Td className="font-mono text-xs">{each.mountpoint}</Td>
            <Td>{each.type}</Td>
            <Td className="whitespace-nowrap">{bytes(each.totalBytes)}</Td>
            <Td className="whitespace-nowrap">{bytes(each.usedBytes)}</Td>
            <Td className="font-mono text-xs">{each.disks.join(", ") || "–"}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
