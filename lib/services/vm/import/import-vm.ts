import type { Prisma } from "@/lib/db/generated/client";
import type { Appliance, ImportVmInput } from "@/lib/model/appliance";
import { BYTES_PER_GIB, kibToMib } from "@/lib/model/units";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { type VmImportTask, vmImport } from "@/lib/tasks/definitions/vm-import";
import { audited } from "../../audited";
import type { Context } from "../../context";
import { chooseHost } from "../../host/choose-host";
import { publish } from "../../live/bus";
import { assertFewRewritings } from "../../volume/assert-few-rewritings";
import { addNewVm } from "../add-new-vm";
import { nameTaken } from "../name-taken";
import { draftImport } from "./draft-import";
import { findAppliance } from "./find-appliance";

/**
 * Reserves a new VM of an uploaded appliance or disk, and enqueues its making. Its definition is
 * ours; of the file come the content of its disks, and what the person left as it was proposed.
 * Throws `conflict.exists` for a name that the project has already, `quota.exceeded`,
 * `input.invalid` with the field, `vm.bad_state` for a file that is not ready, `conflict.rule` while
 * the host writes as many disks as it may, and `host.unreachable`. Nothing is left behind then.
 */
export async function importVm(
  ctx: Context,
  input: ImportVmInput,
): Promise<{ vmId: string; taskId: string }> {
  const { row, appliance } = await findAppliance(ctx, input.imageId);
  const { projectId } = row;
  const asked = { ...input, name: input.name.normalize("NFC") };
  const { name, vcpus, memoryMib, keep } = asked;
  const detail = { name, vcpus, memoryMib, keep, disks: appliance.disks.length };
  const entry = { projectId, targetType: "image", targetId: row.id, targetName: row.name } as const;
  const made = await audited(ctx, { action: "vm.import", ...entry, detail }, async () => {
    const task = draftImport(chooseHost(ctx), { projectId, appliance }, asked);
    const taskId = await ctx.db
      .$transaction((tx) => reserve(tx, ctx, { task, appliance }), {
        isolationLevel: "Serializable",
      })
      .catch((error: unknown) => {
        throw nameTaken(error, name);
      });
    return { vmId: task.vmId, taskId };
  });
  publish({ type: "vm", projectId, vmId: made.vmId });
  announceTask(made.taskId, projectId);
  return made;
}

/** From here on the VM counts, whatever becomes of it. Returns the task's id. */
async function reserve(
  tx: Prisma.TransactionClient,
  ctx: Context,
  { task, appliance }: { task: VmImportTask; appliance: Appliance },
): Promise<string> {
  const { spec, hostId, vmId } = task;
  // Somebody may have deleted the file since it was looked at.
  await findAppliance({ ...ctx, db: tx }, task.imageId);
  await assertFewRewritings(tx, hostId);
  const { vcpus, memoryKib, maxMemoryKib, projectId, firmware } = spec;
  const bytes = appliance.disks.reduce((sum, disk) => sum + disk.capacityBytes, 0);
  const { createdAt: now } = await addNewVm(tx, ctx, {
    asked: {
      vms: 1,
      vcpus,
      memoryMib: kibToMib(maxMemoryKib),
      diskGib: bytes / BYTES_PER_GIB,
    },
    vm: {
      id: vmId,
      projectId,
      hostId,
      uuid: spec.uuid,
      domainName: spec.domainName,
      name: spec.title,
      description: appliance.description,
      firmware,
      vcpus,
      memoryKib,
      maxMemoryKib,
    },
    disks: [spec.disk, ...spec.moreDisks].map(({ pool, volume, format, serial }, index) => ({
      id: serial,
      pool,
      volume,
      format,
      target: `vd${String.fromCharCode("a".charCodeAt(0) + index)}`,
      capacityBytes: BigInt(appliance.disks[index]?.capacityBytes ?? 0),
    })),
  });
  return enqueueTask(tx, vmImport, {
    input: task,
    projectId,
    hostId,
    targetId: vmId,
    targetName: spec.title,
    actor: ctx.actor,
    stepsDone: 1,
    now,
  });
}
