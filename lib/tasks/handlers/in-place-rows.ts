import { publish } from "@/lib/services/live/bus";
import type { BackupRestoreInPlaceTask } from "../definitions/backup-restore-in-place";
import type { StepContext } from "./handler";

type Task = BackupRestoreInPlaceTask;

const idsOf = (rows: readonly { id: string }[]) => ({ in: rows.map((row) => row.id) });

/** The VM gets the rows of its new disks and its sizes of then; the former disks are nobody's. */
export async function handOverDisks({ db, clock }: StepContext, input: Task): Promise<void> {
  const { vmId, title, disks, old, after } = input;
  await db.$transaction([
    db.disk.updateMany({
      where: { id: idsOf(old) },
      data: { vmId: null, keptFrom: title, keptAt: clock(), state: "making" },
    }),
    db.disk.updateMany({
      where: { id: idsOf(disks) },
      data: { vmId, keptFrom: null, keptAt: null, state: "ready" },
    }),
    db.vm.updateMany({ where: { id: vmId }, data: after }),
  ]);
  tell(input);
}

/** All that back, for a VM that has its former definition again. */
export async function giveBack({ db, clock }: StepContext, input: Task): Promise<void> {
  const { vmId, title, disks, old, before } = input;
  await db.$transaction([
    db.disk.updateMany({
      where: { id: idsOf(disks) },
      data: { vmId: null, keptFrom: title, keptAt: clock(), state: "making" },
    }),
    db.disk.updateMany({
      where: { id: idsOf(old) },
      data: { vmId, keptFrom: null, keptAt: null, state: "making" },
    }),
    db.vm.updateMany({ where: { id: vmId }, data: before }),
  ]);
}

/** Of a restore that was undone nothing stays; where there was no way back, both do. */
export async function forgetNew({ db }: StepContext, input: Task): Promise<void> {
  const { vmId, disks, old, before } = input;
  await db.disk.deleteMany({ where: { id: idsOf(disks), state: "making" } });
  await db.disk.updateMany({
    where: { id: idsOf(old), state: "making" },
    data: { state: "ready" },
  });
  const isBack = (await db.disk.count({ where: { id: idsOf(old), vmId } })) > 0;
  if (isBack) await db.vm.updateMany({ where: { id: vmId }, data: before });
  tell(input);
}

/** What is left of the former disks is the project's from now on. */
export async function settleOld({ db, clock }: StepContext, input: Task): Promise<void> {
  await db.disk.updateMany({
    where: { id: idsOf(input.old), state: "making" },
    data: { state: "ready", keptAt: clock() },
  });
  tell(input);
}

function tell({ projectId, vmId }: Task): void {
  publish({ type: "vm", projectId, vmId });
  publish({ type: "disk", projectId });
  publish({ type: "backup", projectId });
}
