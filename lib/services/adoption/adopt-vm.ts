import type { Prisma, Vm } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import { makePersistent } from "@/lib/hypervisor/vm/make-persistent";
import { setOwner } from "@/lib/hypervisor/vm/set-owner";
import type { AdoptionInput, AdoptionPlan } from "@/lib/model/adoption";
import { AppError } from "@/lib/model/errors";
import type { VmView } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { assertProvedRecently } from "../factor/assert-proved";
import { publish } from "../live/bus";
import { requireProject } from "../project/require-project";
import { addNewVm } from "../vm/add-new-vm";
import { nameTaken, refuseTaken } from "../vm/name-taken";
import { toVmView } from "../vm/to-vm-view";
import { isKnown, type JudgedAdoption, judgeAdoption } from "./judge-adoption";

/**
 * Makes a machine that was made elsewhere a VM of a project: rows for it and its disks, and the
 * owner in its metadata. The guest runs on, and its definition stays as it is. It gets no lease:
 * nobody asked for it to end. For administrators. Throws `conflict.rule` with the first reason
 * against it, `quota.exceeded`, `conflict.exists` for a name that the project has, `auth.forbidden`
 * when the administrator has to prove who he is, since its definition is unusual, and what
 * `judgeAdoption` throws; then the host has it as before.
 */
export async function adoptVm(ctx: Context, input: AdoptionInput): Promise<VmView> {
  const { projectId } = input;
  await requireProject(ctx, projectId, "vm.adopt");
  const vmId = newId();
  const entry: Parameters<typeof audited>[1] = {
    action: "vm.adopt",
    projectId,
    targetType: "vm",
    targetId: vmId,
    detail: { hostId: input.hostId, uuid: input.uuid },
  };
  return audited(ctx, entry, async () => {
    const judged = await judgeAdoption(ctx, input);
    const { plan, host } = judged;
    entry.targetName = plan.name;
    entry.detail = factsOf(plan);
    assertAdoptable(plan);
    if (plan.unusual.length > 0) await assertProvedRecently(ctx);
    await refuseTaken(ctx.db, projectId, plan.name);
    const row = await ctx.db
      .$transaction((tx) => reserve(tx, ctx, { vmId, projectId, judged }), {
        isolationLevel: "Serializable",
      })
      .catch((error: unknown) => {
        throw nameTaken(error, plan.name);
      });
    try {
      if (plan.transient) await makePersistent(host, row.uuid);
      const live = await setOwner(host, row.uuid, { vmId, projectId });
      publish({ type: "vm", projectId, vmId });
      return toVmView(row, live, host);
    } catch (error) {
      await ctx.db.disk.deleteMany({ where: { vmId } });
      await ctx.db.vm.delete({ where: { id: vmId } });
      throw error;
    }
  });
}

/** Quotas have an error of their own, which the counting transaction throws. */
function assertAdoptable({ problems, domainName }: AdoptionPlan): void {
  const problem = problems.find(({ key }) => key.startsWith("adopt."));
  if (problem === undefined) return;
  throw new AppError({
    code: "conflict.rule",
    message: `${domainName} is not adopted: ${problem.key}`,
    userMessage: problem,
  });
}

async function reserve(
  tx: Prisma.TransactionClient,
  ctx: Context,
  { vmId, projectId, judged }: { vmId: string; projectId: string; judged: JudgedAdoption },
): Promise<Vm> {
  const { plan, live, asked, description } = judged;
  const { hostId, uuid, domainName, name, firmware } = plan;
  if ((await tx.vm.count({ where: { uuid } })) > 0) throw isKnown(uuid);
  const { vcpus, memoryKib, maxMemoryKib } = live.next;
  await addNewVm(tx, ctx, {
    asked,
    vm: {
      id: vmId,
      projectId,
      hostId,
      uuid,
      domainName,
      name,
      description,
      firmware,
      vcpus,
      memoryKib,
      maxMemoryKib,
      lifecycle: "ready",
    },
    disks: plan.disks.map(({ target, format, pool, volume, capacityBytes }) => ({
      id: newId(),
      target,
      format: format ?? "",
      pool: pool ?? "",
      volume: volume ?? "",
      capacityBytes: BigInt(capacityBytes ?? 0),
    })),
  });
  return tx.vm.update({ where: { id: vmId }, data: { leaseEndsAt: null } });
}

function factsOf({ hostId, uuid, domainName, transient, disks, unusual }: AdoptionPlan) {
  return {
    hostId,
    uuid,
    domainName,
    madePersistent: transient,
    disks: disks.map(({ pool, volume }) => `${pool}/${volume}`).join(" "),
    unusual: unusual.map(({ path }) => path).join(" "),
  };
}
