import { describeVm } from "@/lib/hypervisor/vm/describe-vm";
import { notFound } from "@/lib/model/errors";
import { publish } from "@/lib/services/live/bus";
import type { StepContext } from "./handler";

interface NewVm {
  vmId: string;
  projectId: string;
}

/** Rows are written by the request itself. Throws `not_found` when they are gone. */
export async function assertReserved({ db }: StepContext, vmId: string): Promise<void> {
  if ((await db.vm.count({ where: { id: vmId } })) === 0) throw notFound(`vm ${vmId}`);
}

/** Takes the rows of a VM that did not come away again, and with them what they hold. */
export async function forgetReserved(
  { db }: StepContext,
  { vmId, projectId }: NewVm,
): Promise<void> {
  await db.$transaction([
    db.disk.deleteMany({ where: { vm: { id: vmId, lifecycle: "creating" } } }),
    db.vm.deleteMany({ where: { id: vmId, lifecycle: "creating" } }),
  ]);
  publish({ type: "vm.removed", projectId, vmId });
}

/** The VM is there, for everybody to use. */
export async function handOver(context: StepContext, { vmId, projectId }: NewVm): Promise<void> {
  await context.db.vm.updateMany({
    where: { id: vmId, lifecycle: "creating" },
    data: { lifecycle: "ready" },
  });
  await tellWords(context, vmId);
  publish({ type: "vm", projectId, vmId });
}

/**
 * Who renamed or described it while it was made could not tell libvirt: there was no domain, or one
 * that was defined with the words of then. What the database says counts, so nothing fails by it.
 */
async function tellWords({ db, hosts, log }: StepContext, vmId: string): Promise<void> {
  const row = await db.vm.findUnique({ where: { id: vmId } });
  const host = row && hosts.get(row.hostId);
  if (!row || !host?.inventory.get(row.uuid)) return;
  const words = { title: row.name, description: row.description };
  await describeVm(host, row.uuid, words).catch((err: unknown) => {
    log.warn({ err, vmId }, "libvirt did not take a new VM's title and description");
  });
}

/** Back to being made. */
export async function takeBack({ db }: StepContext, { vmId }: NewVm): Promise<void> {
  await db.vm.updateMany({ where: { id: vmId }, data: { lifecycle: "creating" } });
}
