"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { screenshotName } from "@/components/console/save-screenshot";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatBytes } from "@/components/ui/format";
import { Progress } from "@/components/ui/progress";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import type { RecordingDetail } from "@/lib/model/recording";
import { segmentsFrom } from "../fetch-segment";
import { formatLength } from "../format-length";
import type { NoteExportAction } from "../types";
import { filmLimits } from "./film-limits";
import { type FilmPlan, planFilm } from "./film-plan";
import { type FilmForm, FilmWishFields } from "./film-wish-fields";
import { formatMoment, parseMoment } from "./moment";
import { type FilmState, useFilm } from "./use-film";
import { type NoWebm, whyNoWebm } from "./webm-settings";

interface ExportDialogProps {
  recording: RecordingDetail;
  segmentsHref: string;
  /** Where the player is. */
  atMs: number;
  note: NoteExportAction;
  onClose: () => void;
}

/** Makes a film of a part of a recording. */
export function ExportDialog({ recording, segmentsHref, atMs, note, onClose }: ExportDialogProps) {
  const { segments, lengthMs } = recording;
  const t = useTranslations("recording.film");
  const errorText = useErrorText();
  const { state, make, stop } = useFilm();
  const [form, setForm] = useState<FilmForm>({
    format: "gif",
    from: formatMoment(0),
    // Rounded up: the end is not to be lost.
    to: formatMoment(Math.ceil(lengthMs / 100) * 100),
    speed: 1,
    skips: true,
  });
  const fromMs = parseMoment(form.from);
  const toMs = parseMoment(form.to);
  const outside = (ms: number | null) => ms === null || ms > lengthMs + 1_000;
  const wrong = {
    from: outside(fromMs) ? t("wrongTime") : null,
    to: outside(toMs) ? t("wrongTime") : (toMs ?? 0) < (fromMs ?? 0) ? t("wrongOrder") : null,
  };
  const right = wrong.from === null && wrong.to === null;
  const wish = {
    fromMs: Math.min(fromMs ?? 0, lengthMs),
    toMs: Math.min(toMs ?? 0, lengthMs),
    speed: form.speed,
    skips: form.skips,
  };
  const plan = right ? planFilm(segments, wish) : null;
  const noWebm = useNoWebm(plan);
  const making = state.at === "making";

  function reason(): string | null {
    if (plan === null) return wrong.from ?? wrong.to;
    if (plan.width * plan.height > filmLimits.pixels) return t("tooLarge");
    if (plan.lengthMs <= filmLimits.lengthMs) return null;
    const [length, most] = [plan.lengthMs, filmLimits.lengthMs].map(formatLength);
    return t("tooLong", { length: length ?? "", most: most ?? "" });
  }

  function begin() {
    if (plan === null) return;
    const { format } = form;
    const { fromMs, toMs } = wish;
    void make({
      // A video's sides are even.
      plan: format === "webm" ? { ...plan, ...evenSize(plan) } : plan,
      format,
      name: screenshotName(recording.vmName, new Date(recording.startedAt)).replace(/png$/, format),
      load: segmentsFrom(segmentsHref),
      note: () => note({ recordingId: recording.id, format, fromMs, toMs }),
    });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("title")}
      description={t("explain")}
      footer={
        making ? (
          <Button onClick={stop}>{t("stop")}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("close")}</Button>
            <ReasonButton variant="primary" align="end" disabledReason={reason()} onClick={begin}>
              {t("make")}
            </ReasonButton>
          </>
        )
      }
    >
      {!making && (
        <FilmWishFields
          form={form}
          onChange={(next) => {
            // What was said of another film is no longer of interest.
            stop();
            setForm(next);
          }}
          noWebm={noWebm}
          wrong={wrong}
          atMs={atMs}
        />
      )}
      {state.at === "failed" && (
        <p role="alert" className="text-13 text-bad-text">
          {state.message === null ? t("failed") : errorText(state.message)}
        </p>
      )}
      <FilmStatus state={state} plan={plan} />
    </Dialog>
  );
}

function FilmStatus({ state, plan }: { state: FilmState; plan: FilmPlan | null }) {
  const t = useTranslations("recording.film");
  const locale = useLocale();
  const size = (bytes: number) => formatBytes(bytes, locale);
  const count = plan?.pictures.length ?? 0;

  function words(): string {
    if (state.at === "saved") {
      const { bytes, lengthMs, cut } = state;
      return t(cut ? "cut" : "done", { size: size(bytes), length: formatLength(lengthMs) });
    }
    if (state.at !== "making") {
      if (plan === null) return "";
      const length = formatLength(plan.lengthMs);
      return t("plan", { count, length, most: size(filmLimits.bytes) });
    }
    const { pictures, bytes } = state;
    const so = t("making", { done: pictures, count, size: size(bytes) });
    // The first picture is the whole screen: a few of them say little about the rest.
    return pictures < 20 ? so : `${so}; ${t("guess", { size: size((bytes / pictures) * count) })}`;
  }

  return (
    <>
      {state.at === "making" && (
        <Progress label={t("progress")} percent={(state.pictures / Math.max(1, count)) * 100} />
      )}
      <p role="status" className="min-h-5 text-13 text-muted">
        {words()}
      </p>
    </>
  );
}

function evenSize({ width, height }: FilmPlan): { width: number; height: number } {
  return { width: width + (width % 2), height: height + (height % 2) };
}

/** Why this browser makes no video of that size; undefined until it has answered. */
function useNoWebm(plan: FilmPlan | null): NoWebm | undefined {
  const [answer, setAnswer] = useState<NoWebm | undefined>(undefined);
  const { width, height } = plan === null ? { width: 0, height: 0 } : evenSize(plan);
  useEffect(() => {
    if (width === 0) return;
    let left = false;
    whyNoWebm({ width, height })
      .catch((): NoWebm => "missing")
      .then((why) => {
        if (!left) setAnswer(why);
      });
    return () => {
      left = true;
    };
  }, [width, height]);
  return answer;
}
