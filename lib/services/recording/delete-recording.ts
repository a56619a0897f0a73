import { rm } from "node:fs/promises";
import { AppError } from "@/lib/model/errors";
import { audited } from "../audited";
import type { Context } from "../context";
import { findRecording } from "./find-recording";
import { recordingFile, recordingsFolder } from "./recordings-folder";

/**
 * Deletes a recording with its file. Throws `not_found`, `auth.forbidden`, and `conflict.rule`
 * while it is being made.
 */
export async function deleteRecording(
  ctx: Context,
  { recordingId }: { recordingId: string },
  folder = recordingsFolder(),
): Promise<void> {
  const row = await findRecording(ctx, recordingId, "recording.delete");
  const entry = {
    action: "recording.delete",
    projectId: row.projectId,
    targetType: "recording",
    targetId: row.id,
    targetName: row.vmName,
    detail: { vmId: row.vmId, startedAt: row.startedAt.toISOString() },
  } as const;
  await audited(ctx, entry, async () => {
    const { count } = await ctx.db.recording.deleteMany({
      where: { id: row.id, endedAt: { not: null } },
    });
    if (count === 0) {
      throw new AppError({
        code: "conflict.rule",
        message: `recording ${row.id} is being made`,
        userMessage: { key: "recording.running" },
      });
    }
    await rm(recordingFile(folder, row.id), { force: true });
  });
}
