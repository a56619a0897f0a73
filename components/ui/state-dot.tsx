import { clsx } from "clsx";
import type { ReactNode } from "react";

/** Shapes tell states apart for those who do not see colours. */
export type DotShape = "disc" | "ring" | "bars" | "triangle" | "half" | "diamond" | "check";
export type DotTone = "ok" | "warn" | "bad" | "muted" | "accent";

const colours: Record<DotTone, string> = {
  ok: "text-ok",
  warn: "text-warn",
  bad: "text-bad",
  muted: "text-muted",
  accent: "text-accent-text",
};

function Shape({ shape }: { shape: DotShape }) {
  switch (shape) {
    case "disc":
      return <circle cx="6" cy="6" r="4.5" fill="currentColor" />;
    case "ring":
      return <circle cx="6" cy="6" r="3.75" fill="none" stroke="currentColor" strokeWidth="1.5" />;
    case "bars":
      return <path d="M2.5 1.5h2.6v9H2.5zM6.9 1.5h2.6v9H6.9z" fill="currentColor" />;
    case "triangle":
      return <path d="M6 1 11.4 10.6H.6z" fill="currentColor" />;
    case "diamond":
      return <path d="M6 .8 11.2 6 6 11.2.8 6z" fill="currentColor" />;
    case "check":
      return (
        <path d="m1.8 6.4 2.9 2.9 5.5-6.2" fill="none" stroke="currentColor" strokeWidth="2" />
      );
    case "half":
      return (
        <g fill="none" stroke="currentColor" strokeWidth="1.75">
          <circle cx="6" cy="6" r="4.4" opacity="0.3" />
          <path d="M6 1.6A4.4 4.4 0 0 1 10.4 6" strokeLinecap="round">
            <animateTransform
              attributeName="transform"
              type="rotate"
              from="0 6 6"
              to="360 6 6"
              dur="1s"
              repeatCount="indefinite"
            />
          </path>
        </g>
      );
  }
}

interface StateDotProps {
  shape: DotShape;
  tone: DotTone;
  /** The word; a state is never shown by colour alone. */
  children: ReactNode;
  className?: string;
}

/** A state by shape, colour and word. */
export function StateDot({ shape, tone, children, className }: StateDotProps) {
  return (
    <span className={clsx("inline-flex items-center gap-2 whitespace-nowrap", className)}>
      <svg
        viewBox="0 0 12 12"
        aria-hidden="true"
        className={clsx("size-3 shrink-0", colours[tone])}
      >
        <Shape shape={shape} />
      </svg>
      {children}
    </span>
  );
}
