"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { StateDot } from "@/components/ui/state-dot";
import type { VmState } from "@/lib/model/vm-state";
import type { ConsoleState } from "./connection-state";
import { statusLine } from "./status";

interface StatusWordsProps {
  state: ConsoleState;
  vmState: VmState;
  viewOnly: boolean;
  /** Where keys and clicks go; left out where there is no room. */
  hint: string | null;
  onRetry: () => void;
}

/** How the connection stands, in words that a screen reader hears once per change. */
export function StatusWords({ state, vmState, viewOnly, hint, onRetry }: StatusWordsProps) {
  const t = useTranslations("console");
  const { key, shape, tone } = statusLine(state, vmState, viewOnly);
  const lost = state.phase === "lost";
  const words = t(`status.${key}`);
  return (
    <>
      {/* Whole before the hint has any room, but never under the button beside it. */}
      <StateDot
        shape={shape}
        tone={tone}
        className={clsx("shrink-0 font-medium", lost ? "max-w-[calc(100%-6rem)]" : "max-w-full")}
      >
        <span role="status" title={words} className="truncate">
          {words}
        </span>
      </StateDot>
      {lost && (
        <Button variant="ghost" size="sm" onClick={onRetry}>
          {t("tryNow")}
        </Button>
      )}
      <span
        title={hint ?? undefined}
        className="@5xl:inline hidden min-w-0 truncate text-muted text-xs"
      >
        {hint}
      </span>
    </>
  );
}
