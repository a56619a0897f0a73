import { isAppError } from "@/lib/model/errors";
import { isAbsent } from "../errors";
import { linkOf } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";

/** virDomainJobType. */
const types = { none: 0, completed: 3, failed: 4, cancelled: 5 } as const;
/** virDomainJobOperation. */
const BACKUP = 9;
/** virDomainGetJobStatsFlags. */
const COMPLETED = 1;
const KEEP_COMPLETED = 2;

/** The backup that QEMU writes now; null when it writes none, also for a VM that is off or gone. */
export async function backupJob(
  host: Host,
  uuid: string,
): Promise<{ fileTotal: bigint; fileProcessed: bigint } | null> {
  try {
    const dom = await domainRefOf(host, uuid);
    const link = linkOf(host);
    const { params } = await link.call("domainGetJobStats", { dom, flags: 0 });
    if (params.operation !== BACKUP) return null;
    const job = await link.call("domainGetJobInfo", { dom });
    return job.type === types.none ? null : job;
  } catch (error) {
    if (isAbsent(error) || isAppError(error, "vm.bad_state")) return null;
    throw error;
  }
}

/** How the last backup ended; "lost" when libvirt does not know of one. */
export async function jobOutcome(
  host: Host,
  uuid: string,
): Promise<{ outcome: "completed" | "failed" | "cancelled" | "lost"; reason: string }> {
  const lost = { outcome: "lost", reason: "" } as const;
  try {
    const dom = await domainRefOf(host, uuid);
    const flags = COMPLETED | KEEP_COMPLETED;
    const { type, params } = await linkOf(host).call("domainGetJobStats", { dom, flags });
    if (params.operation !== BACKUP) return lost;
    if (type === types.completed) return { outcome: "completed", reason: "" };
    if (type === types.cancelled) return { outcome: "cancelled", reason: "" };
    if (type === types.failed) return { outcome: "failed", reason: String(params.errmsg ?? "") };
    return lost;
  } catch (error) {
    if (isAbsent(error) || isAppError(error, "vm.bad_state")) return lost;
    throw error;
  }
}
