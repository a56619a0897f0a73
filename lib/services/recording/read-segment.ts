import { AppError } from "@/lib/model/errors";
import { readPacked } from "@/lib/recording/read-recording";
import { once } from "@/lib/runtime/once";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { findRecording } from "./find-recording";
import { recordingFile, recordingsFolder } from "./recordings-folder";

/** Who goes on reading within this time is still at the same playing. */
const samePlayingMs = 15 * 60_000;

/** Session and recording → when it was last read. */
const playings = () => once("recording.playings", () => new Map<string, number>());

/**
 * The updates of one segment, packed by gzip. The first that somebody reads of a recording is in
 * the audit log: from here on its pictures are out. Throws `not_found`, `auth.forbidden`, and
 * `input.invalid` for a segment that is not there whole.
 */
export async function readSegment(
  ctx: Context,
  input: { recordingId: string; segment: number },
  folder = recordingsFolder(),
): Promise<Buffer> {
  const row = await findRecording(ctx, input.recordingId, "recording.read");
  const path = recordingFile(folder, row.id);
  const packed = await readPacked(path, input.segment).catch(() => null);
  if (packed === null) {
    throw new AppError({
      code: "input.invalid",
      message: `recording ${row.id} has no whole segment ${input.segment}`,
    });
  }
  if (beginsPlaying(`${ctx.actor.sessionId} ${row.id}`, ctx.clock().getTime())) {
    await writeAudit(ctx, {
      action: "recording.play",
      outcome: "ok",
      projectId: row.projectId,
      targetType: "recording",
      targetId: row.id,
      targetName: row.vmName,
      detail: { vmId: row.vmId, startedAt: row.startedAt.toISOString() },
    });
  }
  return packed;
}

function beginsPlaying(key: string, nowMs: number): boolean {
  const known = playings();
  for (const [each, atMs] of known) if (nowMs - atMs > samePlayingMs) known.delete(each);
  const begins = !known.has(key);
  known.set(key, nowMs);
  return begins;
}
