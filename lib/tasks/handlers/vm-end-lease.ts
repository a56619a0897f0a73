import type { Host } from "@/lib/hypervisor/types";
import { setAutostart } from "@/lib/hypervisor/vm/set-autostart";
import { shutdownVm } from "@/lib/hypervisor/vm/shutdown-vm";
import { isAppError } from "@/lib/model/errors";
import { requireHost } from "@/lib/services/host/require-host";
import { type VmEndLeaseTask, vmEndLease } from "../definitions/vm-end-lease";
import type { Step, StepContext, TaskHandler } from "./handler";
import { ensureOff } from "./vm-off";

/** Asks the guest and waits for it. A guest that does not answer is left to the next step. */
const shutdown: Step<VmEndLeaseTask> = {
  async run(context, input) {
    const host = requireHost(context.hosts, input.hostId);
    if (!isOn(host, input.uuid) || !(await hasEnded(context, input))) return;
    try {
      await shutdownVm(host, input.uuid);
    } catch (error) {
      // A paused or deaf guest cannot be asked, and one that went off need not be.
      if (!isAppError(error) || error.code === "host.outcome_unknown") throw error;
      context.log.info({ err: error, vmId: input.vmId }, "a guest could not be asked to shut down");
    }
    await waitUntilOff(host, input, context.signal);
  },
};

/** Looks once more: somebody may have extended the lease meanwhile. */
const forceOff: Step<VmEndLeaseTask> = {
  async run(context, input) {
    if (!(await hasEnded(context, input))) return;
    const host = requireHost(context.hosts, input.hostId);
    await ensureOff(host, input.uuid);
    // Else the next start of the host would start it again.
    if (host.inventory.get(input.uuid)?.autostart) await setAutostart(host, input.uuid, false);
  },
};

export const vmEndLeaseHandler: TaskHandler<VmEndLeaseTask> = {
  definition: vmEndLease,
  steps: { shutdown, force_off: forceOff },
};

async function hasEnded({ db }: StepContext, { vmId }: VmEndLeaseTask): Promise<boolean> {
  const vm = await db.vm.findUnique({ where: { id: vmId }, select: { leaseStoppedAt: true } });
  return vm !== null && vm.leaseStoppedAt !== null;
}

function isOn(host: Host, uuid: string): boolean {
  const live = host.inventory.get(uuid);
  return live !== null && live.bootId !== null;
}

/** Resolves when the guest is off or its time is over; rejects when the task is aborted. */
async function waitUntilOff(
  host: Host,
  { uuid, waitMs }: VmEndLeaseTask,
  signal: AbortSignal,
): Promise<void> {
  let stop = (): void => undefined;
  const waited = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, waitMs);
    const look = () => {
      if (!isOn(host, uuid)) resolve();
    };
    const offChange = host.inventory.onChange(look);
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
    stop = () => {
      clearTimeout(timer);
      offChange();
      signal.removeEventListener("abort", abort);
    };
    look();
    if (signal.aborted) abort();
  });
  await waited.finally(() => stop());
}
