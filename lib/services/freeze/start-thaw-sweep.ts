import { sweepEvery } from "@/lib/runtime/sweep-every";
import { type ThawDeps, thawOverdue } from "./thaw-overdue";

/** So much later than promised at most, plus what the agent takes: a guest stands still meanwhile. */
const everyMs = 2_000;

/** Thaws what is due now and every two seconds, until the returned function is called. */
export function startThawSweep(deps: Omit<ThawDeps, "clock">): () => void {
  return sweepEvery(
    everyMs,
    () => thawOverdue({ ...deps, clock: () => new Date() }),
    (error) => deps.log.error({ err: error }, "thawing of guests failed"),
  );
}
