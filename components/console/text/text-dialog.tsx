"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { copyText } from "@/components/ui/copy-text";
import { Dialog } from "@/components/ui/dialog";
import { Progress } from "@/components/ui/progress";
import type { Viewer } from "../viewer";
import { type TextState, useScreenText } from "./use-screen-text";

/** Fewer signs than this are little: a desktop may have a terminal in it. */
const littleSigns = 200;

interface TextDialogProps {
  viewer: RefObject<Viewer | null>;
  onClose: () => void;
}

/** The text that the guest's screen shows, to be selected and copied; read here, sent nowhere. */
export function TextDialog({ viewer, onClose }: TextDialogProps) {
  const t = useTranslations("console.text");
  const tCommon = useTranslations("common");
  const { state, readAgain, recogniseNow, stop } = useScreenText(viewer);
  const [copied, setCopied] = useState<{ of: TextState; words: string } | null>(null);
  const whole = "lines" in state ? state.lines.join("\n") : "";
  const busy = state.at === "reading" || state.at === "recognising";

  function words(): string | null {
    // What was copied is told until something else is there.
    if (copied?.of === state) return copied.words;
    if (state.at === "read") {
      const unknown = state.unknown > 0 ? [t("unknown", { count: state.unknown })] : [];
      return [...unknown, ...(isLittle(state) ? [t("little")] : [])].join(" ");
    }
    return state.at === "recognised" ? null : t(state.at);
  }

  async function copy() {
    const done = await copyText(whole);
    setCopied({ of: state, words: done ? t("copied") : tCommon("copyFailed") });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("title")}
      description={t("explain")}
      className="w-[min(64rem,calc(100vw-2rem))]"
      footer={
        <>
          {state.at === "recognising" ? (
            <Button onClick={stop}>{t("stop")}</Button>
          ) : (
            isLittle(state) && <Button onClick={recogniseNow}>{t("recognise")}</Button>
          )}
          <Button busy={busy} onClick={readAgain}>
            {t("again")}
          </Button>
          <Button variant="primary" disabled={whole === ""} onClick={() => void copy()}>
            {t("copy")}
          </Button>
        </>
      }
    >
      {state.at === "recognised" && <Callout>{t("guessed")}</Callout>}
      {whole !== "" && (
        <section
          aria-label={t("content")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
          tabIndex={0}
          className="max-h-[60dvh] overflow-auto rounded-md border border-line bg-raised px-3 py-2"
        >
          <pre className="w-max select-text font-mono text-xs">{whole}</pre>
        </section>
      )}
      {state.at === "recognising" && (
        <Progress
          label={t("recognising")}
          percent={state.done === null ? null : state.done * 100}
        />
      )}
      <p role="status" className="min-h-5 text-13 text-muted">
        {words()}
      </p>
    </Dialog>
  );
}

/** Where recognition may find more. */
function isLittle(state: TextState): boolean {
  if (state.at === "read") return state.known < littleSigns || state.unknown > state.known / 4;
  return state.at === "none" || state.at === "failed";
}
