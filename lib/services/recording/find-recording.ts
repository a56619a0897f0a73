import type { Recording } from "@/lib/db/generated/client";
import { notFound } from "@/lib/model/errors";
import type { RecordingView } from "@/lib/model/recording";
import { assertCan } from "@/lib/policies/can";
import type { Permission } from "@/lib/policies/permissions";
import { scope } from "@/lib/policies/scope";
import type { Context } from "../context";

/** The recording's row, when the actor may do this with it. Throws `not_found`, `auth.forbidden`. */
export async function findRecording(
  ctx: Context,
  id: string,
  permission: Permission,
): Promise<Recording> {
  const row = await ctx.db.recording.findFirst({ where: { id, ...scope(ctx.actor) } });
  if (row === null) throw notFound(`recording ${id}`);
  assertCan(ctx.actor, permission, row.projectId);
  return row;
}

/** A row as it is shown; `vms` are the ids of VMs that are in its project. */
export function toRecordingView(row: Recording, vms: ReadonlySet<string>): RecordingView {
  const { id, projectId, vmId, vmName, sizeBytes } = row;
  return {
    id,
    projectId,
    vmId,
    vmName,
    vmThere: vms.has(vmId),
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    sizeBytes,
    people: JSON.parse(row.people),
  };
}
