"use client";

import { CircleAlert, X } from "lucide-react";
import { useTranslations } from "next-intl";

interface NoticeProps {
  text: string;
  onDismiss: () => void;
}

/** What went wrong, inside the console: the page's own notices are not seen in full screen. */
export function Notice({ text, onDismiss }: NoticeProps) {
  const t = useTranslations("console.notice");
  return (
    <div
      role="alert"
      className="flex shrink-0 items-start gap-2 border-line border-b bg-bad-soft px-3 py-2 text-13"
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-bad-text" />
      <p className="min-w-0 flex-1 break-words">{text}</p>
      <button
        type="button"
        aria-label={t("dismiss")}
        onClick={onDismiss}
        className="-m-1 rounded p-1 text-muted hover:text-ink"
      >
        <X aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
}
