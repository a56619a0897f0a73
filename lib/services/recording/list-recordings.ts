import type { RecordingView } from "@/lib/model/recording";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { findVm } from "../vm/find-vm";
import { toRecordingView } from "./find-recording";

/** The project's recordings that can be played, newest first, those of VMs that are gone included. */
export async function listRecordings(
  ctx: Context,
  input: { projectId: string },
): Promise<RecordingView[]> {
  const { id } = await requireProject(ctx, input.projectId, "recording.read");
  return viewsOf(ctx, { projectId: id });
}

/** Those of a VM that is there, made in its project. */
export async function listVmRecordings(
  ctx: Context,
  input: { vmId: string },
): Promise<RecordingView[]> {
  const { id: vmId, projectId } = await findVm(ctx, input.vmId, "recording.read");
  return viewsOf(ctx, { projectId, vmId });
}

async function viewsOf(
  { db }: Context,
  where: { projectId: string; vmId?: string },
): Promise<RecordingView[]> {
  const rows = await db.recording.findMany({
    where: { ...where, segments: { gt: 0 } },
    orderBy: [{ startedAt: "desc" }, { id: "asc" }],
  });
  const { projectId } = where;
  const vms = await db.vm.findMany({ where: { projectId }, select: { id: true } });
  const there = new Set(vms.map((vm) => vm.id));
  return rows.map((row) => toRecordingView(row, there));
}
