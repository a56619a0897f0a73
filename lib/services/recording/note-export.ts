import type { RecordingExportInput } from "@/lib/model/recording";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { findRecording } from "./find-recording";

/**
 * Notes that a film is made of a recording, before it is: the browser makes it of the pictures
 * that whoever may play it may read. Throws `not_found`, `auth.forbidden`.
 */
export async function noteExport(ctx: Context, input: RecordingExportInput): Promise<void> {
  const row = await findRecording(ctx, input.recordingId, "recording.read");
  await writeAudit(ctx, {
    action: "recording.export",
    outcome: "ok",
    projectId: row.projectId,
    targetType: "recording",
    targetId: row.id,
    targetName: row.vmName,
    detail: {
      vmId: row.vmId,
      startedAt: row.startedAt.toISOString(),
      format: input.format,
      fromSeconds: Math.floor(input.fromMs / 1_000),
      toSeconds: Math.ceil(input.toMs / 1_000),
    },
  });
}
