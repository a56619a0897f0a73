import { readdir, rm } from "node:fs/promises";
import type { Db } from "@/lib/db/client";
import { sweepEvery } from "@/lib/runtime/sweep-every";
import { recordingPolicyOf } from "./get-policy";
import type { RecordingDeps } from "./recordings";
import { idOfFile, recordingFile } from "./recordings-folder";

const everyMs = 60_000;
const dayMs = 24 * 3_600_000;

/** Sweeps now and every minute, until the returned function is called. */
export function startRecordingSweep(deps: SweepDeps & Pick<RecordingDeps, "log">): () => void {
  return sweepEvery(
    everyMs,
    () => sweepRecordings(deps),
    (error) => deps.log.error({ err: error }, "sweeping recordings failed"),
  );
}

export type SweepDeps = Pick<RecordingDeps, "db" | "folder" | "clock">;

/** Removes what is too old or too much, and files of recordings that are gone. */
export async function sweepRecordings(deps: SweepDeps): Promise<void> {
  const projects = await deps.db.recording.groupBy({ by: ["projectId"] });
  for (const { projectId } of projects) await thinRecordings(deps, projectId);
  // A row is written before its file: what has none now will never have one.
  const files = await readdir(deps.folder).catch(() => []);
  const rows = await deps.db.recording.findMany({ select: { id: true } });
  const known = new Set(rows.map((row) => row.id));
  for (const name of files) {
    const id = idOfFile(name);
    if (id !== null && !known.has(id)) await rm(recordingFile(deps.folder, id), { force: true });
  }
}

/** Keeps a project's recordings to its days and its quota; what is being made stays. */
export async function thinRecordings(deps: SweepDeps, projectId: string): Promise<void> {
  const { keepDays, quotaMib } = await recordingPolicyOf(deps.db, projectId);
  const rows = await deps.db.recording.findMany({
    where: { projectId },
    orderBy: { startedAt: "asc" },
    select: { id: true, endedAt: true, sizeBytes: true },
  });
  const oldest = deps.clock().getTime() - keepDays * dayMs;
  let tooMuch = rows.reduce((sum, row) => sum + row.sizeBytes, 0) - quotaMib * 1024 * 1024;
  for (const { id, endedAt, sizeBytes } of rows) {
    if (endedAt === null || (endedAt.getTime() > oldest && tooMuch <= 0)) continue;
    await removeRecording(deps, id);
    tooMuch -= sizeBytes;
  }
}

/** Removes a recording's row, then its file. */
export async function removeRecording(
  { db, folder }: { db: Db; folder: string },
  id: string,
): Promise<void> {
  await db.recording.deleteMany({ where: { id } });
  await rm(recordingFile(folder, id), { force: true });
}
