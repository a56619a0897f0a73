import { setTimeout as rest } from "node:timers/promises";
import { AppError, isAppError } from "@/lib/model/errors";
import { linkOf } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";
import { backupJob, jobOutcome } from "./job";

const lookEveryMs = 400;

/**
 * Resolves when QEMU has written a backup to its end. Throws `host.refused` with QEMU's words when
 * it did not, and `conflict.rule` when the guest ended meanwhile or somebody ended the job. An abort
 * of the signal ends the wait and not the work (see `endBackup`). Progress in percent.
 */
export async function followBackup(
  host: Host,
  uuid: string,
  signal: AbortSignal,
  onProgress: (percent: number) => void,
): Promise<void> {
  for (;;) {
    const job = await backupJob(host, uuid);
    if (job === null) break;
    if (job.fileTotal > 0n) onProgress(Number((100n * job.fileProcessed) / job.fileTotal));
    await rest(lookEveryMs, undefined, { signal });
  }
  const { outcome, reason } = await jobOutcome(host, uuid);
  if (outcome === "completed") return;
  if (outcome === "failed" && reason !== "") {
    throw new AppError({ code: "host.refused", message: reason, details: { reason } });
  }
  throw new AppError({
    code: "conflict.rule",
    message: `the backup of ${uuid} was ended: ${outcome}`,
    userMessage: { key: "backup.cut_off" },
  });
}

/** Ends what `beginBackup` began, when it still runs. Resolves when QEMU has let go of the files. */
export async function endBackup(host: Host, uuid: string): Promise<void> {
  while ((await backupJob(host, uuid)) !== null) {
    const dom = await domainRefOf(host, uuid);
    // It may come to its own end at any moment.
    await linkOf(host)
      .call("domainAbortJob", { dom })
      .catch((error: unknown) => {
        if (!isAppError(error, "vm.bad_state")) throw error;
      });
    await rest(lookEveryMs);
  }
}
