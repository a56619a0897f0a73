import { env } from "@/lib/env";
import { readHugePages } from "@/lib/hypervisor/tuning/huge-pages";
import { readQueues, readTransparent } from "@/lib/hypervisor/tuning/sysfs";
import type { Host } from "@/lib/hypervisor/types";
import type { HostTuning } from "@/lib/model/tuning";
import { virshLine } from "@/lib/model/virsh-line";
import type { Context } from "../context";
import { findHost, isHere } from "./find-host";

/**
 * A host's pools of huge pages, its cells and, of the portal's own machine, transparent huge pages
 * and the schedulers of its disks: for administrators and auditors. Throws `not_found` and `host.*`.
 */
export async function getHostTuning(ctx: Context, input: { hostId: string }): Promise<HostTuning> {
  return tuningOf(findHost(ctx, input.hostId, "host.read"));
}

/** The same of a host that is looked at already. */
export async function tuningOf(host: Host): Promise<HostTuning> {
  const sys = env().PORTICO_SYSFS;
  const here = isHere(host);
  return {
    hostId: host.id,
    name: host.name,
    cells: await readHugePages(host),
    memoryFreeKib: host.view().memoryFreeKib,
    transparent: here ? await readTransparent(sys) : null,
    queues: here ? await readQueues(sys) : null,
    commands: [
      virshLine(["freepages", "--all"]),
      ...(here ? [`grep . ${sys}/block/*/queue/scheduler`] : []),
    ],
  };
}
