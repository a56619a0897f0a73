import { createHash } from "node:crypto";
import { isAbsent } from "@/lib/hypervisor/errors";
import type { Host } from "@/lib/hypervisor/types";
import { hashVolume } from "@/lib/hypervisor/volume/hash-volume";
import { AppError, notFound } from "@/lib/model/errors";
import { requireHost } from "@/lib/services/host/require-host";
import type { StepContext } from "./handler";

/**
 * Reads all files of a backup again and compares them with what was written down when it was made;
 * the row says what came of it. Throws `conflict.rule` with the file that is gone or another.
 */
export async function checkBackup(
  { db, hosts, clock, signal, progress }: StepContext,
  { backupId, hostId }: { backupId: string; hostId: string },
): Promise<void> {
  const host = requireHost(hosts, hostId);
  const row = await db.backup.findUnique({ where: { id: backupId }, include: { disks: true } });
  if (row === null) throw notFound(`backup ${backupId}`);
  const definition = Buffer.from(row.definition);
  const expected = [
    { file: row.volume, sizeBytes: definition.length, sha256: sha256Of(definition) },
    ...row.disks.map(({ volume, sizeBytes, sha256 }) => ({
      file: volume,
      sizeBytes: Number(sizeBytes),
      sha256,
    })),
  ];
  const totalBytes = expected.reduce((sum, each) => sum + each.sizeBytes, 0);
  let doneBytes = 0;
  let damaged: string | null = null;
  for (const { file, sizeBytes, sha256 } of expected) {
    const found = await hashOf(host, row.pool, file, signal, (readBytes) =>
      progress((99 * (doneBytes + readBytes)) / Math.max(1, totalBytes)),
    );
    if (found?.sizeBytes !== sizeBytes || found.sha256 !== sha256) damaged ??= file;
    doneBytes += sizeBytes;
  }
  const verdict = damaged === null ? "intact" : "damaged";
  await db.backup.update({ where: { id: backupId }, data: { verifiedAt: clock(), verdict } });
  if (damaged === null) return;
  throw new AppError({
    code: "conflict.rule",
    message: `${damaged} is not what was written`,
    userMessage: { key: "backup.damaged", values: { file: damaged } },
  });
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
