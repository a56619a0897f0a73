"use client";

import { CornerDownRight, Ellipsis, PencilLine, RotateCcw, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { formatBytes } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { SnapshotView } from "@/lib/model/snapshot";
import { type Placed, treeOf } from "@/lib/model/snapshot-tree";

type Verb = "edit" | "revert" | "delete";

/** Deeper ones are shown no further in: on a phone nothing would be left of their names. */
const deepest = 6;
const stepRem = 1.125;

interface SnapshotTableProps {
  snapshots: readonly SnapshotView[];
  forbidden: string | null;
  onAsk: (verb: Verb, of: SnapshotView) => void;
}

/** The tree, a line each: what grew out of what is told by the indent and, to the ear, in words. */
export function SnapshotTable({ snapshots, forbidden, onAsk }: SnapshotTableProps) {
  const t = useTranslations("snapshot.list");
  return (
    <Table aria-label={t("label")}>
      <thead>
        <tr>
          <Th>{t("name")}</Th>
          <Th className="max-sm:hidden">{t("content")}</Th>
          <Th className="max-sm:hidden">{t("taken")}</Th>
          <Th className="max-md:hidden">{t("size")}</Th>
          <Th>
            <span className="sr-only">{t("actions")}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {treeOf(snapshots).map((snapshot) => (
          <SnapshotRow
            key={snapshot.name}
            snapshot={snapshot}
            forbidden={forbidden}
            onAsk={onAsk}
          />
        ))}
      </tbody>
    </Table>
  );
}

interface SnapshotRowProps extends Omit<SnapshotTableProps, "snapshots"> {
  snapshot: Placed<SnapshotView>;
}

function SnapshotRow({ snapshot, forbidden, onAsk }: SnapshotRowProps) {
  const t = useTranslations("snapshot.list");
  const locale = useLocale();
  const { name, parent, depth, current, description, content, storage, sizeBytes } = snapshot;
  return (
    <Tr>
      <Td>
        <div
          className="flex items-start gap-1.5"
          style={{ paddingLeft: `${Math.min(depth, deepest) * stepRem}rem` }}
        >
          {depth > 0 && (
            <CornerDownRight aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
          )}
          <div className="min-w-0">
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="break-all font-medium">{name}</span>
              {current && <Badge tone="accent">{t("current")}</Badge>}
              {snapshot.hotAddedVcpus > 0 && content === "memory" && (
                <Badge tone="warn">{t("hotAdded")}</Badge>
              )}
              {parent !== null && <span className="sr-only">{t("after", { name: parent })}</span>}
            </span>
            {description && (
              <p className="whitespace-pre-line break-words text-muted [overflow-wrap:anywhere]">
                {description}
              </p>
            )}
            <p className="text-muted text-xs sm:hidden">
              {t(`has.${content}`)} · <TimeAgo at={snapshot.createdAt} />
            </p>
          </div>
        </div>
      </Td>
      <Td className="max-sm:hidden">
        {t(`has.${content}`)}
        <span className="block text-muted text-xs">{t(`storage.${storage}`)}</span>
      </Td>
      <Td className="whitespace-nowrap max-sm:hidden">
        <LocalTime at={snapshot.createdAt} />
      </Td>
      <Td className="whitespace-nowrap max-md:hidden">
        {sizeBytes === null ? "–" : formatBytes(sizeBytes, locale)}
      </Td>
      <Td className="w-px text-right">
        <Menu
          variant="ghost"
          size="icon"
          label={t("menu", { name })}
          trigger={<Ellipsis aria-hidden="true" />}
        >
          <MenuItem
            icon={<RotateCcw aria-hidden="true" />}
            disabledReason={forbidden}
            onSelect={() => onAsk("revert", snapshot)}
          >
            {t("revert")}
          </MenuItem>
          <MenuItem
            icon={<PencilLine aria-hidden="true" />}
            disabledReason={forbidden}
            onSelect={() => onAsk("edit", snapshot)}
          >
            {t("edit")}
          </MenuItem>
          <MenuItem
            danger
            icon={<Trash2 aria-hidden="true" />}
            disabledReason={forbidden}
            onSelect={() => onAsk("delete", snapshot)}
          >
            {t("delete")}
          </MenuItem>
        </Menu>
      </Td>
    </Tr>
  );
}
