import { type LeaseDeps, sweepLeases } from "./sweep-leases";

const everyMs = 60_000;

/** Sweeps now and every minute, never twice at once, until the returned function is called. */
export function startLeaseSweep(deps: Omit<LeaseDeps, "clock">): () => void {
  let busy = false;
  const run = async () => {
    if (busy) return;
    busy = true;
    try {
      await sweepLeases({ ...deps, clock: () => new Date() });
    } catch (error) {
      deps.log.error({ err: error }, "sweeping leases failed");
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(run, everyMs);
  timer.unref();
  void run();
  return () => clearInterval(timer);
}
