"use client";

import { Film } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { callAction } from "@/components/ui/call-action";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { formatBytes } from "@/components/ui/format";
import { LinkButton } from "@/components/ui/link-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { useReaderZone } from "@/components/ui/use-reader-zone";
import type { RecordingPolicy, RecordingView } from "@/lib/model/recording";
import { RecordingTable } from "./recording-table";
import type { DeleteRecordingAction } from "./types";

interface RecordingListProps {
  recordings: readonly RecordingView[];
  slug: string;
  policy: RecordingPolicy;
  /** Each names its VM. */
  ofProject: boolean;
  /** Why the person may not delete them; null when he may. */
  forbidden: string | null;
  /** The person decides whether there are any. */
  decides: boolean;
  remove: DeleteRecordingAction;
}

/** Recordings, newest first, and what the project wants recorded. */
export function RecordingList(props: RecordingListProps) {
  const { recordings, slug, policy, decides, remove } = props;
  const t = useTranslations("recording.list");
  const locale = useLocale();
  const format = useFormatter();
  const zone = useReaderZone();
  const router = useRouter();
  const errorText = useErrorText();
  const [leaving, setLeaving] = useState<RecordingView | null>(null);
  const [busy, setBusy] = useState(false);
  const off = policy.mode === "off";
  const quota = formatBytes(policy.quotaMib * 1024 * 1024, locale);

  async function confirmed(recording: RecordingView) {
    setBusy(true);
    const result = await callAction(() => remove({ recordingId: recording.id }));
    setBusy(false);
    setLeaving(null);
    if (!result.ok) return toast.bad(errorText(result.error.message));
    toast.ok(t("removed"));
    router.refresh();
  }

  return (
    <>
      {recordings.length === 0 ? (
        <EmptyState
          icon={<Film aria-hidden="true" />}
          title={t("noneTitle")}
          action={
            off &&
            decides && (
              <LinkButton href={`/p/${slug}/project/settings`}>{t("toSettings")}</LinkButton>
            )
          }
        >
          {t(off ? "noneOff" : "noneOn")}
        </EmptyState>
      ) : (
        <RecordingTable {...props} onRemove={setLeaving} />
      )}
      {(recordings.length > 0 || !off) && (
        <p className="text-13 text-muted">
          {t(off ? "off" : "on")} {t("kept", { days: policy.keepDays, quota })}
        </p>
      )}
      {leaving && (
        <ConfirmDialog
          title={t("removeTitle")}
          body={t("removeBody", {
            name: leaving.vmName,
            at: format.dateTime(new Date(leaving.startedAt), {
              dateStyle: "medium",
              timeStyle: "short",
              ...(zone && { timeZone: zone }),
            }),
          })}
          confirm={t("delete")}
          danger
          busy={busy}
          onConfirm={() => void confirmed(leaving)}
          onClose={() => setLeaving(null)}
        />
      )}
    </>
  );
}
