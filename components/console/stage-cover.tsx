import type { ReactNode } from "react";
import type { ConsoleState } from "./connection-state";
import { StatePanel } from "./state-panel";

interface StageCoverProps {
  state: ConsoleState;
  /** Shown while the VM is being made. */
  waiting: ReactNode;
  /** Null when the person cannot start it. */
  onStart: (() => void) | null;
  starting: boolean;
  onRetry: () => void;
  /** There has been no picture yet. */
  blank: boolean;
}

/** What stands in the picture's place while there is none. */
export function StageCover({ state, waiting, ...panel }: StageCoverProps) {
  if (state.phase !== "idle") return <StatePanel state={state} {...panel} />;
  return (
    <div className="absolute inset-0 grid place-items-center overflow-auto p-4">{waiting}</div>
  );
}
