"use client";

import { HardDrive } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { callAction } from "@/components/ui/call-action";
import { EmptyState } from "@/components/ui/empty-state";
import { formatBytes } from "@/components/ui/format";
import { Table, Th } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { DiskView } from "@/lib/model/disk";
import { DiskTableRow } from "./disk-table-row";
import type { DeleteDiskAction } from "./types";

const ConfirmDialog = dynamic(
  () => import("@/components/ui/confirm-dialog").then((module) => module.ConfirmDialog),
  // Without this the page's skeleton would show while it loads.
  { ssr: false },
);

interface DiskTableProps {
  slug: string;
  disks: DiskView[];
  /** Why the person may not delete; null when he may. */
  forbidden: string | null;
  remove: DeleteDiskAction;
}

/** The project's disks. A kept one can be deleted, after a question. */
export function DiskTable({ slug, disks, forbidden, remove }: DiskTableProps) {
  const t = useTranslations("disk");
  const locale = useLocale();
  const errorText = useErrorText();
  const [asking, setAsking] = useState<DiskView | null>(null);

  async function confirmed(disk: DiskView) {
    setAsking(null);
    const result = await callAction(() => remove({ diskId: disk.id }));
    if (!result.ok) toast.bad(errorText(result.error.message));
    else toast.info(t("delete.started", { name: disk.name }));
  }

  if (disks.length === 0) {
    return (
      <EmptyState icon={<HardDrive aria-hidden="true" />} title={t("empty.title")}>
        {t("empty.body")}
      </EmptyState>
    );
  }
  return (
    <>
      <Table aria-label={t("title")}>
        <thead>
          <tr>
            <Th>{t("list.name")}</Th>
            <Th className="max-sm:hidden">{t("list.vm")}</Th>
            <Th className="max-md:hidden">{t("list.format")}</Th>
            <Th>{t("list.capacity")}</Th>
            <Th className="max-sm:hidden">{t("list.used")}</Th>
            <Th>
              <span className="sr-only">{t("list.actions")}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {disks.map((disk) => (
            <DiskTableRow
              key={disk.id}
              slug={slug}
              disk={disk}
              forbidden={forbidden}
              onDelete={setAsking}
            />
          ))}
        </tbody>
      </Table>
      {asking && (
        <ConfirmDialog
          danger
          title={t("delete.title", { name: asking.name })}
          body={t("delete.body", {
            volume: asking.volume,
            size: formatBytes(asking.capacityBytes, locale),
          })}
          confirm={t("delete.confirm")}
          onClose={() => setAsking(null)}
          onConfirm={() => void confirmed(asking)}
        />
      )}
    </>
  );
}
