import { sweepEvery } from "@/lib/runtime/sweep-every";
import { retainBackups } from "./retain-backups";
import { runSchedules } from "./run-schedules";
import type { ScheduleDeps } from "./schedule-deps";

const everyMs = 60_000;

/** Begins what is due, and deletes what has had its time, now and every minute until stopped. */
export function startScheduleSweep(deps: Omit<ScheduleDeps, "clock">): () => void {
  const withClock = { ...deps, clock: () => new Date() };
  return sweepEvery(
    everyMs,
    async () => {
      await runSchedules(withClock);
      await retainBackups(withClock);
    },
    (error) => deps.log.error({ err: error }, "sweeping schedules of backups failed"),
  );
}
