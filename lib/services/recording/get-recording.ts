import type { RecordingDetail } from "@/lib/model/recording";
import { readSegments } from "@/lib/recording/read-recording";
import type { Context } from "../context";
import { findRecording, toRecordingView } from "./find-recording";
import { recordingFile, recordingsFolder } from "./recordings-folder";

/**
 * A recording with when how much of the screen has changed; its pictures are read segment by
 * segment. Throws `not_found`, `auth.forbidden`.
 */
export async function getRecording(
  ctx: Context,
  { recordingId }: { recordingId: string },
  folder = recordingsFolder(),
): Promise<RecordingDetail> {
  const row = await findRecording(ctx, recordingId, "recording.read");
  const vm = await ctx.db.vm.findFirst({
    where: { id: row.vmId, projectId: row.projectId },
    select: { id: true },
  });
  // A file that is gone has none.
  const segments = await readSegments(recordingFile(folder, row.id)).catch(() => []);
  const lastMs = segments.at(-1)?.endMs ?? 0;
  return {
    ...toRecordingView(row, new Set(vm === null ? [] : [vm.id])),
    lengthMs: row.endedAt === null ? lastMs : Math.max(lastMs, +row.endedAt - +row.startedAt),
    segments: segments.map(({ width, height, startMs, endMs, index }) => ({
      width,
      height,
      startMs,
      endMs,
      updates: index.map(({ atMs, bytes, changed }) => [atMs, bytes, changed]),
    })),
  };
}
