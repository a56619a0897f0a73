"use client";

import { Download, Ellipsis, RotateCcw, ShieldCheck, Trash2, Undo2 } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { formatBytes } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { LocalTime } from "@/components/ui/local-time";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import { useErrorText } from "@/components/ui/use-error-text";
import { useReaderZone } from "@/components/ui/use-reader-zone";
import { withBase } from "@/lib/base-path";
import type { BackupView } from "@/lib/model/backup";
import type { BackupVerb } from "./backups-panel";
import type { BackupReasons } from "./types";

interface BackupTableProps {
  backups: readonly BackupView[];
  slug: string;
  ofProject: boolean;
  forbidden: BackupReasons;
  onAsk: (verb: BackupVerb, of: BackupView) => void;
}

export function BackupTable({ backups, ...rest }: BackupTableProps) {
  const t = useTranslations("backup.list");
  return (
    <Table aria-label={t("label")}>
      <thead>
        <tr>
          {rest.ofProject && <Th>{t("vm")}</Th>}
          <Th>{t("made")}</Th>
          <Th className="max-sm:hidden">{t("content")}</Th>
          <Th className="max-md:hidden">{t("size")}</Th>
          <Th className="max-sm:hidden">{t("files")}</Th>
          <Th>
            <span className="sr-only">{t("actions")}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {backups.map((backup) => (
          <BackupRow
            key={backup.id}
            backup={backup}
            base={backups.find((each) => each.id === backup.baseId) ?? null}
            {...rest}
          />
        ))}
      </tbody>
    </Table>
  );
}

interface BackupRowProps extends Omit<BackupTableProps, "backups"> {
  backup: BackupView;
  /** The one that it builds on. */
  base: BackupView | null;
}

function BackupRow({ backup, base, slug, ofProject, forbidden, onAsk }: BackupRowProps) {
  const t = useTranslations("backup.list");
  const locale = useLocale();
  const { createdAt, createdBy, note, quiesced, state, disks, vmName } = backup;
  const busy = state === "ready" ? null : t(state);
  const needed = backup.neededBy > 0 ? t("needed", { count: backup.neededBy }) : null;
  const content = quiesced === null ? t("off") : t(quiesced ? "quiesced" : "crash");
  return (
    <Tr>
      {ofProject && (
        <Td>
          {backup.vmThere ? (
            <Link
              href={`/p/${slug}/vms/${backup.vmId}/backups`}
              className="break-all text-accent-text underline-offset-2 hover:underline"
            >
              {vmName}
            </Link>
          ) : (
            <>
              <span className="break-all">{vmName}</span>
              <span className="block text-muted text-xs">{t("gone")}</span>
            </>
          )}
        </Td>
      )}
      <Td>
        <LocalTime at={createdAt} />
        <span className="block text-muted text-xs">{t("by", { name: createdBy })}</span>
        {note && <span className="block [overflow-wrap:anywhere]">{note}</span>}
        <span className="mt-1 block sm:hidden">
          <Verdict backup={backup} />
        </span>
      </Td>
      <Td className="max-sm:hidden">
        {content}
        <ChainFacts backup={backup} base={base} />
        {backup.files.length > 0 && <span className="block text-xs">{t("variables")}</span>}
        {backup.lacks.map((what) => (
          <span key={what} className="block text-warn-text text-xs">
            {t("lacks", { what })}
          </span>
        ))}
        <span className="block text-muted text-xs">
          {t("disks", { names: disks.map((disk) => disk.target).join(", ") })}
        </span>
      </Td>
      <Td className="whitespace-nowrap max-md:hidden">
        {formatBytes(backup.countedBytes, locale)}
      </Td>
      <Td className="max-sm:hidden">
        <Verdict backup={backup} />
      </Td>
      <Td className="w-px text-right">
        <Menu
          variant="ghost"
          size="icon"
          label={t("menu", { name: vmName })}
          trigger={<Ellipsis aria-hidden="true" />}
        >
          <MenuItem
            icon={<RotateCcw aria-hidden="true" />}
            disabledReason={forbidden.restore ?? busy}
            onSelect={() => onAsk("restore", backup)}
          >
            {t("restore")}
          </MenuItem>
          <MenuItem
            icon={<Undo2 aria-hidden="true" />}
            disabledReason={
              forbidden.restoreInPlace ?? busy ?? (backup.vmThere ? null : t("goneVm"))
            }
            onSelect={() => onAsk("restoreInPlace", backup)}
          >
            {t("inPlace")}
          </MenuItem>
          <MenuItem
            icon={<ShieldCheck aria-hidden="true" />}
            disabledReason={forbidden.verify ?? busy}
            onSelect={() => onAsk("verify", backup)}
          >
            {t("verify")}
          </MenuItem>
          <MenuItem
            icon={<Download aria-hidden="true" />}
            disabledReason={forbidden.export ?? busy}
            onSelect={() => window.location.assign(withBase(`/api/exports/backups/${backup.id}`))}
          >
            {t("export")}
          </MenuItem>
          <MenuItem
            danger
            icon={<Trash2 aria-hidden="true" />}
            disabledReason={forbidden.remove ?? busy ?? needed}
            onSelect={() => onAsk("delete", backup)}
          >
            {t("delete")}
          </MenuItem>
        </Menu>
      </Td>
    </Tr>
  );
}

/** What is known of its files. */
function Verdict({ backup }: { backup: BackupView }) {
  const t = useTranslations("backup.list");
  const { state, verdict, verifiedAt } = backup;
  if (state !== "ready") return <Badge tone="accent">{t(state)}</Badge>;
  if (verdict === null) return <span className="text-muted">{t("unverified")}</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Badge tone={verdict === "intact" ? "ok" : "bad"}>{t(verdict)}</Badge>
      {verifiedAt && (
        <span className="text-muted text-xs">
          <TimeAgo at={verifiedAt} />
        </span>
      )}
    </span>
  );
}

/** Whether it is whole by itself, what it builds on, and why it is not what was asked for. */
function ChainFacts({ backup, base }: { backup: BackupView; base: BackupView | null }) {
  const t = useTranslations("backup.list");
  const errorText = useErrorText();
  const format = useFormatter();
  const timeZone = useReaderZone();
  const { kind, fullBecause } = backup;
  if (kind === "incremental") {
    const at =
      base === null
        ? "?"
        : format.dateTime(new Date(base.createdAt), {
            dateStyle: "medium",
            timeStyle: "medium",
            timeZone,
          });
    return <span className="block text-xs">{t("incremental", { at })}</span>;
  }
  if (fullBecause === null) return null;
  return (
    <span className="block text-muted text-xs">
      {t("fullBecause", { reason: errorText(fullBecause) })}
    </span>
  );
}
