import { AppError } from "@/lib/model/errors";
import { linkOf } from "./link";
import type { Host } from "./types";

/** CPU 0 is never taken offline. */
const CPU = 0;
/** kernel, user, idle and iowait. */
const PARAMETERS = 4;

/**
 * Seconds since a host has booted, from what its first processor has spent its time on: libvirt has
 * no such figure. On a virtual machine it is less by what others took of that processor. Throws
 * `host.unsupported` where the driver does not know, and `host.*` errors.
 */
export async function hostUptime(host: Host): Promise<number> {
  const args = { cpuNum: CPU, nparams: PARAMETERS, flags: 0 };
  const { params } = await linkOf(host).call("nodeGetCpuStats", args);
  const times = params.filter(({ field }) => ["kernel", "user", "idle", "iowait"].includes(field));
  if (times.length > 0) return Number(times.reduce((sum, { value }) => sum + value, 0n)) / 1e9;
  throw new AppError({ code: "host.unsupported", message: `${host.id} tells of no CPU times` });
}
