import type { DotShape, DotTone } from "@/components/ui/state-dot";
import type { VmState } from "@/lib/model/vm-state";
import type { ConsoleState } from "./connection-state";

export interface StatusLine {
  /** Below `console.status`. */
  key: string;
  shape: DotShape;
  tone: DotTone;
}

/**
 * The state in words. The same words for every try of a series, so that a screen reader
 * says them once.
 */
export function statusLine(state: ConsoleState, vmState: VmState, viewOnly: boolean): StatusLine {
  switch (state.phase) {
    case "idle":
      return { key: "idle", shape: "half", tone: "accent" };
    case "asking":
    case "connecting":
      return state.after === null
        ? { key: "connecting", shape: "half", tone: "accent" }
        : { key: `lost.${state.after}`, shape: "half", tone: "warn" };
    case "lost":
      return { key: `lost.${state.reason}`, shape: "half", tone: "warn" };
    case "guest_off":
      return { key: "guestOff", shape: "ring", tone: "muted" };
    case "ended":
      return { key: "ended", shape: "diamond", tone: "bad" };
    case "connected":
      if (vmState === "paused") return { key: "paused", shape: "bars", tone: "warn" };
      if (vmState === "paused_io_error") {
        return { key: "pausedIoError", shape: "triangle", tone: "bad" };
      }
      return { key: viewOnly ? "connectedViewOnly" : "connected", shape: "disc", tone: "ok" };
  }
}
