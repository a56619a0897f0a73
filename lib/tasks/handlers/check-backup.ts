import { createHash } from "node:crypto";
import { isAbsent } from "@/lib/hypervisor/errors";
import type { Host } from "@/lib/hypervisor/types";
import { hashVolume } from "@/lib/hypervisor/volume/hash-volume";
import type { BackupVerdict } from "@/lib/model/backup";
import { AppError } from "@/lib/model/errors";
import { requireHost } from "@/lib/services/host/require-host";
import type { BackupRow } from "@/lib/services/vm-backup/find-backup";
import { readChain } from "@/lib/services/vm-backup/read-chain";
import type { StepContext } from "./handler";

/**
 * Reads all files of a backup, and of those that it builds on, again and compares them with what was
 * written down when they were made; each row says what came of it. Throws `conflict.rule` with the
 * first file that is gone or another.
 */
export async function checkBackup(
  { db, hosts, clock, signal, progress }: StepContext,
  { backupId, hostId }: { backupId: string; hostId: string },
): Promise<void> {
  const host = requireHost(hosts, hostId);
  const chain = await readChain(db, backupId);
  const files = chain.flatMap(filesOf);
  const totalBytes = files.reduce((sum, each) => sum + each.sizeBytes, 0);
  let doneBytes = 0;
  let damaged: string | null = null;
  for (const row of chain) {
    let verdict: BackupVerdict = "intact";
    for (const { file, sizeBytes, sha256 } of filesOf(row)) {
      const found = await hashOf(host, row.pool, file, signal, (readBytes) =>
        progress((99 * (doneBytes + readBytes)) / Math.max(1, totalBytes)),
      );
      if (found?.sizeBytes !== sizeBytes || found.sha256 !== sha256) {
        verdict = "damaged";
        damaged ??= file;
      }
      doneBytes += sizeBytes;
    }
    await db.backup.update({ where: { id: row.id }, data: { verifiedAt: clock(), verdict } });
  }
  if (damaged === null) return;
  throw new AppError({
    code: "conflict.rule",
    message: `${damaged} is not what was written`,
    userMessage: { key: "backup.damaged", values: { file: damaged } },
  });
}

/** Its files with what they should be. */
function filesOf({ volume: file, definition: xml, disks, files }: BackupRow) {
  const definition = Buffer.from(xml);
  return [
    { file, sizeBytes: definition.length, sha256: sha256Of(definition) },
    ...[...disks, ...files].map((each) => ({
      file: each.volume,
      sizeBytes: Number(each.sizeBytes),
      sha256: each.sha256,
    })),
  ];
}

/** Null for a file that is gone. */
async function hashOf(
  host: Host,
  pool: string,
  file: string,
  signal: AbortSignal,
  onProgress: (readBytes: number) => void,
) {
  try {
    return await hashVolume(host, pool, file, signal, onProgress);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
