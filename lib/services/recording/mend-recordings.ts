import { segmentBytes } from "@/lib/recording/format";
import { readSegments } from "@/lib/recording/read-recording";
import { recordingFile } from "./recordings-folder";
import { removeRecording, type SweepDeps } from "./sweep-recordings";

/**
 * Ends the recordings that a portal was making when it was killed: each as long as its file is
 * whole. To be called before any begins.
 */
export async function mendRecordings({ db, folder }: Omit<SweepDeps, "clock">): Promise<void> {
  const open = await db.recording.findMany({ where: { endedAt: null } });
  for (const { id, startedAt } of open) {
    const segments = await readSegments(recordingFile(folder, id)).catch(() => []);
    const last = segments.at(-1);
    if (last === undefined) {
      await removeRecording({ db, folder }, id);
      continue;
    }
    await db.recording.update({
      where: { id },
      data: {
        segments: segments.length,
        sizeBytes: last.offset + segmentBytes(last),
        endedAt: new Date(startedAt.getTime() + last.endMs),
      },
    });
  }
}
