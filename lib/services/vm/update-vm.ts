import type { Prisma, Vm } from "@/lib/db/generated/client";
import { describeVm } from "@/lib/hypervisor/vm/describe-vm";
import type { UpdateVmInput, VmView } from "@/lib/model/vm";
import { assertCan } from "@/lib/policies/can";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm } from "./find-vm";
import { isDeleting } from "./locked";
import { nameTaken } from "./name-taken";
import { tagsOf, toTags } from "./tags";
import { viewOf } from "./view-of";

interface Change extends Pick<Parameters<typeof writeAudit>[1], "action" | "detail"> {
  data: Prisma.VmUpdateManyMutationInput;
}

/**
 * Changes what people say of a VM (name, description, tags) and whether it is held against
 * deletion; what is absent stays. The guest's own name on its host stays, too: files and sockets
 * are called by it. Throws `conflict.exists` for a name that the project has already and
 * `vm.bad_state` once the VM is being deleted; then nothing is changed.
 */
export async function updateVm(
  ctx: Context,
  input: UpdateVmInput & { vmId: string },
): Promise<VmView> {
  const { vmId, locked, ...words } = input;
  const lockOnly = Object.values(words).every((each) => each === undefined);
  const row = await findVm(ctx, vmId, lockOnly ? "vm.lock" : "vm.edit");
  if (locked !== undefined) assertCan(ctx.actor, "vm.lock", row.projectId);
  const changes = changesOf(row, input);
  if (changes.length === 0) return viewOf(ctx.hosts, row);
  const after = await save(ctx, row, changes).catch((error: unknown) => {
    throw input.name === undefined ? error : nameTaken(error, input.name);
  });
  publish({ type: "vm", projectId: row.projectId, vmId });
  if (after.name !== row.name || after.description !== row.description) await tell(ctx, after);
  return viewOf(ctx.hosts, after);
}

function changesOf(row: Vm, input: UpdateVmInput): Change[] {
  const changes: Change[] = [];
  const name = input.name?.normalize("NFC") ?? row.name;
  if (name !== row.name) {
    changes.push({ action: "vm.rename", data: { name }, detail: { before: row.name } });
  }
  const { description = row.description, locked } = input;
  const tags = toTags(input.tags ?? tagsOf(row));
  if (description !== row.description || tags !== row.tags) {
    changes.push({
      action: "vm.edit",
      data: { description, tags },
      detail: tags === row.tags ? undefined : { tags: tagsOf({ tags }).join(" ") },
    });
  }
  if (locked !== undefined) {
    changes.push({ action: locked ? "vm.lock" : "vm.unlock", data: { locked } });
  }
  return changes;
}

function save(ctx: Context, { id, projectId }: Vm, changes: Change[]): Promise<Vm> {
  return ctx.db.$transaction(async (tx) => {
    const data = Object.assign({}, ...changes.map((change) => change.data));
    const where = { id, lifecycle: { not: "deleting" } };
    if ((await tx.vm.updateMany({ where, data })).count === 0) throw isDeleting(id);
    const row = await tx.vm.findUniqueOrThrow({ where: { id } });
    const target = { projectId, targetType: "vm", targetId: id, targetName: row.name };
    for (const { action, detail } of changes) {
      await writeAudit({ ...ctx, db: tx }, { action, detail, outcome: "ok", ...target });
    }
    return row;
  });
}

/**
 * Has virsh show the same words. The database's are what counts, so that a host which does not
 * take them now holds nothing up: the next change brings them.
 */
async function tell(ctx: Context, row: Vm): Promise<void> {
  const host = ctx.hosts.get(row.hostId);
  if (row.lifecycle !== "ready" || !host?.inventory.get(row.uuid)) return;
  const words = { title: row.name, description: row.description };
  await describeVm(host, row.uuid, words).catch((err: unknown) => {
    ctx.log.warn({ err, vmId: row.id }, "libvirt did not take a VM's title and description");
  });
}
