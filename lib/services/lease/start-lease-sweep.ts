import { sweepEvery } from "@/lib/runtime/sweep-every";
import { type LeaseDeps, sweepLeases } from "./sweep-leases";

const everyMs = 60_000;

/** Sweeps now and every minute, until the returned function is called. */
export function startLeaseSweep(deps: Omit<LeaseDeps, "clock">): () => void {
  return sweepEvery(
    everyMs,
    () => sweepLeases({ ...deps, clock: () => new Date() }),
    (error) => deps.log.error({ err: error }, "sweeping leases failed"),
  );
}
