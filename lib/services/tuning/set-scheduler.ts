import { env } from "@/lib/env";
import { setScheduler as writeScheduler } from "@/lib/hypervisor/tuning/sysfs";
import { AppError } from "@/lib/model/errors";
import type { HostTuning, SchedulerInput } from "@/lib/model/tuning";
import { audited } from "../audited";
import type { Context } from "../context";
import { findHost, isHere } from "./find-host";
import { tuningOf } from "./get-host-tuning";

/**
 * Gives the queue of one of the portal's own machine's disks another scheduler, until that machine
 * starts anew. For administrators. Throws `host.unsupported` for a host elsewhere, `not_found`
 * without the disk, `input.invalid` for a scheduler that there is not, `host.refused` when the
 * portal's account may not write it.
 */
export async function setScheduler(ctx: Context, input: SchedulerInput): Promise<HostTuning> {
  const { hostId, disk, scheduler } = input;
  const host = findHost(ctx, hostId, "host.tune");
  await audited(
    ctx,
    {
      action: "host.set_scheduler",
      targetType: "host",
      targetId: hostId,
      targetName: host.name,
      detail: { disk, scheduler },
    },
    async () => {
      if (!isHere(host)) {
        throw new AppError({
          code: "host.unsupported",
          message: `${hostId} is not this machine`,
          userMessage: { key: "tuning.elsewhere" },
        });
      }
      await writeScheduler(env().PORTICO_SYSFS, disk, scheduler);
    },
  );
  return tuningOf(host);
}
