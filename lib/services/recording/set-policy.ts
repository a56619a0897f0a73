import type { RecordingPolicy, RecordingPolicyInput } from "@/lib/model/recording";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { recordingPolicyOf } from "./get-policy";
import { policyChanged } from "./policy-changes";

/**
 * Sets whether the project's screens are recorded, from now on also those that somebody is at,
 * and how much of it is kept. Throws `not_found`, `auth.forbidden`.
 */
export async function setRecordingPolicy(
  ctx: Context,
  { projectId, ...after }: RecordingPolicyInput,
): Promise<RecordingPolicy> {
  const project = await requireProject(ctx, projectId, "recording.set_policy");
  await ctx.db.$transaction(async (tx) => {
    const before = await recordingPolicyOf(tx, projectId);
    await tx.recordingPolicy.upsert({
      where: { projectId },
      create: { projectId, ...after },
      update: after,
    });
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "recording.set_policy",
        outcome: "ok",
        projectId,
        targetType: "project",
        targetId: projectId,
        targetName: project.name,
        detail: {
          ...after,
          modeBefore: before.mode,
          keepDaysBefore: before.keepDays,
          quotaMibBefore: before.quotaMib,
        },
      },
    );
  });
  policyChanged(projectId);
  return after;
}
