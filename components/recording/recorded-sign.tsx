"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";

interface RecordedSignProps {
  /** It is being recorded. */
  now: boolean;
  /** The project wants screens recorded that somebody is at. */
  wanted: boolean;
}

/** Says that a guest's screen is recorded, above it and in full screen too; nothing where it is not. */
export function RecordedSign({ now, wanted }: RecordedSignProps) {
  const t = useTranslations("console.recorded");
  return (
    <p
      role="status"
      title={now || wanted ? t("hint") : undefined}
      className={clsx(
        "flex items-center gap-2 text-13",
        (now || wanted) && "border-line border-b bg-surface px-3 py-1",
      )}
    >
      {(now || wanted) && (
        <>
          <span
            aria-hidden="true"
            className={clsx("size-2.5 shrink-0 rounded-full border-2 border-bad", now && "bg-bad")}
          />
          {t(now ? "now" : "soon")}
        </>
      )}
    </p>
  );
}
