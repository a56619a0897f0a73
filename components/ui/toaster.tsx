"use client";

import { clsx } from "clsx";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { onToast, type Toast } from "./toast";

const SHOWN_MS = 5_000;
const MOST = 4;

const icons = { ok: CircleCheck, bad: CircleAlert, info: Info } as const;
const marks = { ok: "text-ok-text", bad: "text-bad-text", info: "text-accent-text" } as const;

/** Shows toasts. The live region is always there, or a screen reader would miss the first. */
export function Toaster() {
  const t = useTranslations("common");
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const close = (id: number) => setToasts((all) => all.filter((each) => each.id !== id));

  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const stop = onToast((toast) => {
      setToasts((all) => [...all.filter((each) => each.text !== toast.text), toast].slice(-MOST));
      if (toast.tone === "bad") return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        setToasts((all) => all.filter((each) => each.id !== toast.id));
      }, SHOWN_MS);
      timers.add(timer);
    });
    return () => {
      stop();
      for (const timer of timers) clearTimeout(timer);
    };
  }, []);

  return (
    <section
      aria-label={t("notices")}
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-4 z-50 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 max-md:bottom-20"
    >
      {toasts.map(({ id, tone, text }) => {
        const Icon = icons[tone];
        return (
          <div
            key={id}
            className="pointer-events-auto flex animate-[rise_160ms_ease-out] items-start gap-2.5 rounded-lg border border-line bg-surface px-3.5 py-3 shadow-float"
          >
            <Icon aria-hidden="true" className={clsx("mt-0.5 size-4 shrink-0", marks[tone])} />
            <p className="min-w-0 flex-1 break-words">{text}</p>
            <button
              type="button"
              aria-label={t("close")}
              onClick={() => close(id)}
              className="-m-1 rounded p-1 text-muted hover:text-ink"
            >
              <X aria-hidden="true" className="size-4" />
            </button>
          </div>
        );
      })}
    </section>
  );
}
