import { type ThawDeps, thawOverdue } from "./thaw-overdue";

/** So much later than promised at most, plus what the agent takes: a guest stands still meanwhile. */
const everyMs = 2_000;

/** Thaws what is due now and every two seconds, never twice at once, until the returned call. */
export function startThawSweep(deps: Omit<ThawDeps, "clock">): () => void {
  let busy = false;
  const run = async () => {
    if (busy) return;
    busy = true;
    try {
      await thawOverdue({ ...deps, clock: () => new Date() });
    } catch (error) {
      deps.log.error({ err: error }, "thawing of guests failed");
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(run, everyMs);
  timer.unref();
  void run();
  return () => clearInterval(timer);
}
