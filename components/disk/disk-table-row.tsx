"use client";

import { Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { formatBytes } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { ReasonButton } from "@/components/ui/reason-button";
import { Td, Tr } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { DiskView } from "@/lib/model/disk";

interface DiskTableRowProps {
  slug: string;
  disk: DiskView;
  forbidden: string | null;
  onDelete: (disk: DiskView) => void;
}

export function DiskTableRow({ slug, disk, forbidden, onDelete }: DiskTableRowProps) {
  const t = useTranslations("disk");
  const common = useTranslations("common");
  const locale = useLocale();
  const busy = disk.state === "ready" ? null : t("list.busy");
  const hasVm = disk.vm === null ? null : t("list.hasVm");
  return (
    <Tr>
      <th scope="row" className="max-w-80 px-3 py-2 text-left font-normal">
        <span className="block truncate font-medium text-sm" title={disk.name}>
          {disk.name}
        </span>
        <span className="block truncate font-mono text-muted text-xs" title={disk.volume}>
          {disk.volume}
        </span>
        <span className="mt-1 block sm:hidden">
          <Owner slug={slug} disk={disk} />
        </span>
      </th>
      <Td className="max-sm:hidden">
        <Owner slug={slug} disk={disk} />
      </Td>
      <Td className="max-md:hidden">{disk.format}</Td>
      <Td className="whitespace-nowrap">{formatBytes(disk.capacityBytes, locale)}</Td>
      <Td className="whitespace-nowrap max-sm:hidden">
        {disk.allocationBytes === null
          ? common("unknown")
          : formatBytes(disk.allocationBytes, locale)}
      </Td>
      <Td className="w-0 text-right">
        <ReasonButton
          variant="ghost"
          size="icon"
          aria-label={t("list.deleteOf", { name: disk.name })}
          icon={<Trash2 aria-hidden="true" />}
          align="end"
          disabledReason={hasVm ?? forbidden ?? busy}
          onClick={() => onDelete(disk)}
        />
      </Td>
    </Tr>
  );
}

/** The VM that has it, or the one that it outlived. */
function Owner({ slug, disk }: Pick<DiskTableRowProps, "slug" | "disk">) {
  const t = useTranslations("disk");
  if (disk.vm !== null) {
    return (
      <Link
        href={`/p/${slug}/vms/${disk.vm.id}`}
        className="text-accent-text text-sm underline-offset-2 hover:underline"
      >
        {disk.vm.name}
      </Link>
    );
  }
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge>
        {disk.state !== "ready"
          ? t(disk.state === "making" ? "making" : "deleting")
          : disk.keptFrom === null
            ? t("kept")
            : t("keptFrom", { name: disk.keptFrom })}
      </Badge>
      {disk.keptAt && (
        <span className="text-muted text-xs">
          <TimeAgo at={disk.keptAt} />
        </span>
      )}
    </span>
  );
}
