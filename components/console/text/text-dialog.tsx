"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { Dialog } from "@/components/ui/dialog";
import type { Viewer } from "../viewer";
import { type ReadText, readText } from "./read-text";

interface TextDialogProps {
  viewer: RefObject<Viewer | null>;
  onClose: () => void;
}

/** The text that the guest's screen shows, to be selected and copied; read here, sent nowhere. */
export function TextDialog({ viewer, onClose }: TextDialogProps) {
  const t = useTranslations("console.text");
  const tCommon = useTranslations("common");
  const [answer, setAnswer] = useState<ReadText | null>(null);
  const [round, setRound] = useState(0);
  const [notice, setNotice] = useState<string | null>(null);
  const text = answer?.ok ? answer.text : null;
  const whole = text?.lines.join("\n") ?? "";

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round reads anew
  useEffect(() => {
    const gone = new AbortController();
    const failed: ReadText = { ok: false };
    setAnswer(null);
    setNotice(null);
    (viewer.current?.screenshot() ?? Promise.reject(new Error("no screen")))
      .then((png) => readText(png, gone.signal))
      .catch(() => failed)
      .then((read) => {
        if (!gone.signal.aborted) setAnswer(read);
      });
    return () => gone.abort();
  }, [viewer, round]);

  function words(): string | null {
    if (notice !== null) return notice;
    if (answer === null) return t("reading");
    if (!answer.ok) return t("failed");
    if (text === null) return t("none");
    return text.unknown > 0 ? t("unknown", { count: text.unknown }) : null;
  }

  async function copy() {
    setNotice((await copyText(whole)) ? t("copied") : tCommon("copyFailed"));
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
          <Button busy={answer === null} onClick={() => setRound(round + 1)}>
            {t("again")}
          </Button>
          <Button variant="primary" disabled={whole === ""} onClick={() => void copy()}>
            {t("copy")}
          </Button>
        </>
      }
    >
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
      <p role="status" className="min-h-5 text-13 text-muted">
        {words()}
      </p>
    </Dialog>
  );
}
