"use client";

import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { Progress } from "@/components/ui/progress";
import type { TypingState } from "./use-typing";

/** How far the typing is, and how it ended. */
export function TypingStatus({ state }: { state: TypingState }) {
  const t = useTranslations("console.type");
  if (state.phase === "ready") return null;
  if (state.phase === "typing") {
    const { typed, of } = state;
    return (
      <div className="flex flex-col gap-1.5">
        <Progress percent={(100 * typed) / of} label={t("progress")} />
        <p className="tabular-nums text-13 text-muted">{t("typed", { typed, of })}</p>
      </div>
    );
  }
  const { result, of } = state;
  return (
    <Callout
      role="status"
      tone={result.end === "stuck" ? "bad" : "info"}
      title={t(`ended.${result.end}`, { typed: result.typed, of })}
    >
      {result.end === "stuck" && t("stuckHint")}
    </Callout>
  );
}
