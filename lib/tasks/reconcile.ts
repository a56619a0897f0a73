import type { Db } from "@/lib/db/client";
import type { Hosts } from "@/lib/hypervisor/types";
import type { Logger } from "@/lib/log";
import { isAppError } from "@/lib/model/errors";
import { once } from "@/lib/runtime/once";
import { sweepEvery } from "@/lib/runtime/sweep-every";
import { uploadsFolder } from "@/lib/services/image/uploads-folder";
import { publish } from "@/lib/services/live/bus";
import { compareHost } from "./reconcile/hosts";
import { type Finding, lastReport, type ReconcileReport } from "./reconcile/report";
import { releaseStranded } from "./reconcile/rows";
import { settleSizes } from "./reconcile/sizes";
import { tidyUploads } from "./reconcile/uploads";

export interface ReconcileDeps {
  db: Db;
  hosts: Hosts;
  log: Logger;
  clock?: () => Date;
  uploadsDir?: string;
}

const everyMs = 30_000;

/**
 * Compares database, hosts and parts of uploads once. Interrupted tasks go on by themselves when
 * their lease runs out; here the runner is woken for them. A host that fails does not keep the
 * others from being looked at.
 */
export async function reconcile(deps: ReconcileDeps): Promise<ReconcileReport> {
  const clock = deps.clock ?? (() => new Date());
  const uploadsDir = deps.uploadsDir ?? uploadsFolder();
  publish({ type: "task.queued" });
  const findings: Finding[] = await releaseStranded(deps.db);
  findings.push(...(await tidyUploads({ ...deps, clock }, uploadsDir)));
  for (const host of deps.hosts.list()) {
    if (host.connection !== "connected") continue;
    try {
      findings.push(...(await compareHost(deps.db, host)));
      await settleSizes(deps.db, host, clock());
    } catch (error) {
      if (!isAppError(error)) throw error;
      deps.log.warn({ err: error, hostId: host.id }, "a host could not be compared");
    }
  }
  const report = { at: clock(), findings };
  tell(deps.log, report);
  return report;
}

/** Logs what is new since the last report, not the same list every 30 s. */
function tell(log: Logger, report: ReconcileReport): void {
  const last = lastReport();
  const key = (finding: Finding) => `${finding.kind} ${finding.hostId} ${finding.subject}`;
  const known = new Set(last.report?.findings.map(key));
  const fresh = report.findings.filter((finding) => !known.has(key(finding)));
  if (fresh.length > 0) log.warn({ findings: fresh }, "database and hosts differ");
  last.report = report;
}

interface Slot {
  stop: (() => void) | null;
}

function slot(): Slot {
  return once("tasks.reconciler", (): Slot => ({ stop: null }));
}

/** Reconciles now and every 30 s, never twice at once; a second call is ignored. */
export function startReconciler(deps: ReconcileDeps): void {
  slot().stop ??= sweepEvery(
    everyMs,
    () => reconcile(deps),
    (error) => deps.log.error({ err: error }, "reconciling failed"),
  );
}

export function stopReconciler(): void {
  const own = slot();
  own.stop?.();
  own.stop = null;
}
