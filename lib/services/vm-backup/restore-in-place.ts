import type { Vm } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { inPlaceProblem } from "@/lib/model/backup";
import { AppError } from "@/lib/model/errors";
import { askedByResize, assertQuota } from "@/lib/model/quota";
import { BYTES_PER_GIB } from "@/lib/model/units";
import {
  type BackupRestoreInPlaceTask,
  backupRestoreInPlace,
} from "@/lib/tasks/definitions/backup-restore-in-place";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../audited";
import type { Context } from "../context";
import { markDisk } from "../disk/mark-disk";
import { requireHost } from "../host/require-host";
import { publish } from "../live/bus";
import { countQuota } from "../quota/count-quota";
import { assertNotCloned } from "../vm/clone/assert-not-cloned";
import { enqueueVmTask } from "../vm/enqueue-vm-task";
import { requireLive } from "../vm/find-vm";
import { assertFewRewritings } from "../volume/assert-few-rewritings";
import { assertNotBackingUp } from "./assert-not-backing-up";
import { backupEntry } from "./audit-entry";
import { assertReady, type BackupRow, findBackup } from "./find-backup";
import { planRestore, variablesOf } from "./plan-restore";
import { readChain } from "./read-chain";

export interface RestoreInPlaceInput {
  backupId: string;
  projectId?: string;
  /** The VM's name of now, typed by a person; null from a program. */
  confirmName: string | null;
}

/**
 * Reserves the disks of a backup for the very VM that it was made of, and enqueues their writing; the
 * VM, which has to be off, goes over to them and to the definition of then when they are whole, and
 * its former disks go then. Throws `input.invalid` for the wrong name, `vm.bad_state` while it runs,
 * `conflict.rule` for a VM that is gone, also from its host, has snapshots, or disks that others lie on, `quota.exceeded` for what both states need
 * together, and `host.unreachable`; nothing is changed then.
 */
export async function restoreInPlace(
  ctx: Context,
  input: RestoreInPlaceInput,
): Promise<{ taskId: string }> {
  const row = await findBackup(ctx, input, "backup.restore_in_place");
  const { projectId } = row;
  const found = await ctx.db.vm.findFirst({ where: { id: row.vmId, projectId } });
  assertTyped(input, found);
  const taskId = await audited(ctx, backupEntry("backup.restore_in_place", row), async () => {
    assertReady(row);
    const { vm, host, live } = await requireOff(ctx, row, found);
    const chain = await readChain(ctx.db, row.id);
    const asked = { name: vm.name, start: false };
    const { task: plan, domain } = planRestore(ctx, host, chain, asked);
    const disks = plan.disks.map((disk) => {
      const id = newId();
      const volume = `${vm.domainName}-${id}.${disk.to.format}`;
      return { ...disk, id, to: { ...disk.to, volume } };
    });
    const { firmware, sizes } = domain;
    const before = stateOf(vm);
    const after = stateOf({ ...sizes, firmware });
    return ctx.db.$transaction(
      async (tx) => {
        await assertFewRewritings(tx, vm.hostId);
        await assertNotBackingUp(tx, vm.id);
        await assertNotCloned(tx, vm);
        const rows = await tx.disk.findMany({ where: { vmId: vm.id } });
        const onThem = { baseId: { in: rows.map((disk) => disk.id) } };
        // They would be without what they lie on.
        if ((await tx.disk.count({ where: onThem })) > 0)
          throw refused(row, "backup.in_place_base");
        for (const disk of rows) await markDisk(tx, disk, "making");
        const newBytes = disks.reduce((sum, disk) => sum + disk.capacityBytes, 0);
        const more = askedByResize(vm, live, sizes);
        const quota = await countQuota(tx, ctx.hosts, projectId);
        assertQuota(quota, { ...more, diskGib: newBytes / BYTES_PER_GIB });
        await tx.vm.update({
          where: { id: vm.id },
          data: {
            vcpus: Math.max(before.vcpus, after.vcpus),
            memoryKib: Math.max(before.memoryKib, after.memoryKib),
            maxMemoryKib: Math.max(before.maxMemoryKib, after.maxMemoryKib),
          },
        });
        await tx.disk.createMany({
          data: disks.map(({ id, target, to, capacityBytes }) => ({
            id,
            projectId,
            hostId: vm.hostId,
            ...to,
            target,
            capacityBytes: BigInt(capacityBytes),
            state: "making",
            keptFrom: vm.name,
            keptAt: ctx.clock(),
          })),
        });
        const targets = new Set(disks.map((disk) => disk.target));
        return enqueueVmTask(ctx, tx, vm, {
          definition: backupRestoreInPlace,
          input: {
            backupId: row.id,
            vmId: vm.id,
            projectId,
            hostId: vm.hostId,
            uuid: vm.uuid,
            title: vm.name,
            description: vm.description,
            disks,
            old: rows.map(({ id, pool, volume, target }) => {
              return { id, pool, volume, replaced: targets.has(target) };
            }),
            variables: variablesOf(row, `${vm.domainName}-${newId()}_VARS.fd`),
            before,
            after,
            xml: null,
            final: false,
          },
          stepsDone: 1,
        });
      },
      { isolationLevel: "Serializable" },
    );
  });
  publish({ type: "vm", projectId, vmId: row.vmId });
  publish({ type: "disk", projectId });
  announceTask(taskId, projectId);
  return { taskId };
}

type State = BackupRestoreInPlaceTask["before"];

function stateOf({ vcpus, memoryKib, maxMemoryKib, firmware }: State): State {
  return { vcpus, memoryKib, maxMemoryKib, firmware };
}

function assertTyped({ confirmName }: RestoreInPlaceInput, vm: Vm | null): void {
  if (confirmName === null || vm === null) return;
  if (confirmName.normalize("NFC").trim() === vm.name) return;
  throw new AppError({
    code: "input.invalid",
    message: "the typed name is another",
    fields: { confirmName: { key: "field.confirm_name" } },
  });
}

/** The VM as it is on its host this moment, when nothing speaks against giving it other disks. */
async function requireOff(
  ctx: Context,
  row: BackupRow,
  vm: Vm | null,
): Promise<{ vm: Vm; host: Host; live: LiveVm }> {
  if (vm === null) throw refused(row, "backup.in_place_gone");
  if (vm.hostId !== row.hostId) throw refused(row, "backup.in_place_elsewhere");
  const host = requireHost(ctx.hosts, vm.hostId);
  // What is being made or deleted has words of its own.
  if (vm.lifecycle !== "ready") requireLive(ctx, vm);
  const live = await host.inventory.refresh(vm.uuid);
  const hasSnapshots = (live?.snapshots.length ?? 0) > 0;
  const inRescue = vm.rescuedAt !== null;
  const problem = inPlaceProblem(live && { ...live, hasSnapshots, inRescue });
  if (live === null || problem !== null) {
    throw refused(row, problem?.key ?? "backup.in_place_gone");
  }
  return { vm, host, live };
}

const states = ["backup.in_place_running", "vm.is_saved", "rescue.is_on"];

function refused(row: BackupRow, key: string): AppError {
  return new AppError({
    code: states.includes(key) ? "vm.bad_state" : "conflict.rule",
    message: `backup ${row.id} is not restored: ${key}`,
    userMessage: { key },
  });
}
