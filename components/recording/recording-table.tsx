"use client";

import { Play, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { formatBytes } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { LinkButton } from "@/components/ui/link-button";
import { LocalTime } from "@/components/ui/local-time";
import { ReasonButton } from "@/components/ui/reason-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { RecordingView } from "@/lib/model/recording";
import { formatLength } from "./format-length";

interface RecordingTableProps {
  recordings: readonly RecordingView[];
  slug: string;
  ofProject: boolean;
  forbidden: string | null;
  onRemove: (recording: RecordingView) => void;
}

export function RecordingTable(props: RecordingTableProps) {
  const { recordings, slug, ofProject, forbidden, onRemove } = props;
  const t = useTranslations("recording.list");
  const locale = useLocale();
  const lengthOf = ({ startedAt, endedAt }: RecordingView) =>
    endedAt === null ? t("running") : formatLength(Date.parse(endedAt) - Date.parse(startedAt));
  return (
    <Table aria-label={t("label")}>
      <thead>
        <tr>
          {ofProject && <Th>{t("vm")}</Th>}
          <Th>{t("from")}</Th>
          <Th className="max-sm:hidden">{t("length")}</Th>
          <Th className="max-md:hidden">{t("people")}</Th>
          <Th className="max-md:hidden">{t("size")}</Th>
          <Th>
            <span className="sr-only">{t("actions")}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {recordings.map((each) => (
          <Tr key={each.id}>
            {ofProject && (
              <Td>
                {each.vmThere ? (
                  <Link
                    href={`/p/${slug}/vms/${each.vmId}/console/recordings`}
                    className="text-accent-text underline-offset-2 [overflow-wrap:anywhere] hover:underline"
                  >
                    {each.vmName}
                  </Link>
                ) : (
                  <>
                    <span className="[overflow-wrap:anywhere]">{each.vmName}</span>
                    <span className="block text-muted text-xs">{t("gone")}</span>
                  </>
                )}
              </Td>
            )}
            <Td>
              <LocalTime at={each.startedAt} />
              <span className="block text-muted text-xs sm:hidden">{lengthOf(each)}</span>
            </Td>
            <Td className="whitespace-nowrap max-sm:hidden">{lengthOf(each)}</Td>
            <Td className="max-md:hidden">{each.people.join(", ")}</Td>
            <Td className="whitespace-nowrap max-md:hidden">
              {formatBytes(each.sizeBytes, locale)}
            </Td>
            <Td className="w-px whitespace-nowrap text-right">
              <LinkButton
                size="sm"
                variant="ghost"
                href={`/p/${slug}/project/recordings/${each.id}`}
                aria-label={t("playOf", { name: each.vmName })}
              >
                <Play aria-hidden="true" />
                <span className="max-sm:sr-only">{t("play")}</span>
              </LinkButton>
              <ReasonButton
                size="icon"
                variant="ghost"
                aria-label={t("deleteOf", { name: each.vmName })}
                disabledReason={forbidden ?? (each.endedAt === null ? t("stillRunning") : null)}
                onClick={() => onRemove(each)}
              >
                <Trash2 aria-hidden="true" />
              </ReasonButton>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
