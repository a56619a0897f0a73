import type { Db } from "@/lib/db/client";
import { noRecording, type RecordingPolicy, recordingModes } from "@/lib/model/recording";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";

/** Whether the project's screens are recorded: who works in it may know. Throws `not_found`. */
export async function getRecordingPolicy(
  ctx: Context,
  input: { projectId: string },
): Promise<RecordingPolicy> {
  const { id } = await requireProject(ctx, input.projectId, "project.read");
  return recordingPolicyOf(ctx.db, id);
}

/** The same, for who has been let in already. */
export async function recordingPolicyOf(
  db: Pick<Db, "recordingPolicy">,
  projectId: string,
): Promise<RecordingPolicy> {
  const row = await db.recordingPolicy.findUnique({ where: { projectId } });
  if (row === null) return noRecording;
  const { keepDays, quotaMib } = row;
  return { mode: recordingModes.find((each) => each === row.mode) ?? "off", keepDays, quotaMib };
}
