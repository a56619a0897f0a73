"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import type { ReactNode, RefObject } from "react";

interface StageProps {
  name: string;
  live: boolean;
  /** Keys go to the guest. */
  typing: boolean;
  fit: boolean;
  hasFrame: boolean;
  target: RefObject<HTMLDivElement | null>;
  lastFrame: RefObject<HTMLCanvasElement | null>;
  onFocus: (onFrame: boolean) => void;
  onBlur: () => void;
  /** Stands over the picture. */
  children: ReactNode;
}

/** Where the live picture is put, over a grey copy of the last one. */
export function Stage(props: StageProps) {
  const { name, live, typing, fit, hasFrame, target, lastFrame, onFocus, onBlur } = props;
  const t = useTranslations("console");
  return (
    <div
      className={clsx(
        "relative min-h-0 flex-1 overflow-hidden bg-[#0b0d11]",
        // Drawn over the picture, which may reach to the edges.
        "after:pointer-events-none after:absolute after:inset-0 after:border-2",
        typing ? "after:border-accent" : "after:border-transparent",
      )}
    >
      <canvas
        ref={lastFrame}
        hidden={live || !hasFrame}
        className={clsx(
          "absolute inset-0 m-auto opacity-45 grayscale",
          fit ? "size-full object-contain" : "max-w-none",
        )}
      />
      <div
        ref={target}
        role="application"
        aria-label={t("screen", { name })}
        tabIndex={live ? 0 : -1}
        data-testid="console-screen"
        onFocus={(event) => onFocus(event.target === event.currentTarget)}
        onBlur={onBlur}
        className={clsx("absolute inset-0 outline-none", !live && "pointer-events-none")}
      />
      {props.children}
    </div>
  );
}
