import type { Hold } from "@/lib/hypervisor/backup/begin-backup";
import { holdStill, letGo } from "@/lib/hypervisor/guest/hold-still";
import type { Host } from "@/lib/hypervisor/types";
import type { BackupCreateTask } from "../definitions/backup-create";
import type { StepContext } from "./handler";

/**
 * Has the guest's agent hold the file systems for a backup, unless somebody holds them already:
 * those stay held afterwards. The row says so beforehand, for whoever finds it after a crash.
 */
export function holdFor(context: StepContext, host: Host, input: BackupCreateTask): Hold {
  const { uuid } = input;
  return {
    async take() {
      if (await isHeldByPerson(context, host, input)) return false;
      await note(context, input, true);
      const held = await holdStill(host, uuid);
      if (!held) await note(context, input, false);
      return held;
    },
    async letGo() {
      await letGo(host, uuid);
      await note(context, input, false);
    },
  };
}

/** Lets go of what a portal held that died in between, and of nothing that a person holds. */
export async function letGoAfterCrash(
  context: StepContext,
  host: Host,
  input: BackupCreateTask,
): Promise<void> {
  const row = await context.db.backup.findUnique({ where: { id: input.backupId } });
  if (row?.holding !== true) return;
  if (!(await isHeldByPerson(context, host, input))) await letGo(host, input.uuid);
  await note(context, input, false);
}

async function isHeldByPerson(
  { db }: StepContext,
  host: Host,
  { vmId, uuid }: BackupCreateTask,
): Promise<boolean> {
  const bootId = host.inventory.get(uuid)?.bootId ?? null;
  return bootId !== null && (await db.guestFreeze.count({ where: { vmId, bootId } })) > 0;
}

async function note(
  { db }: StepContext,
  { backupId }: BackupCreateTask,
  holding: boolean,
): Promise<void> {
  await db.backup.updateMany({ where: { id: backupId }, data: { holding } });
}
