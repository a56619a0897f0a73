import type { Vm } from "@/lib/db/generated/client";
import type { LiveVm } from "@/lib/hypervisor/types";
import { planAddDisk } from "@/lib/model/disk-plan";
import { assertPossible } from "./assert-possible";

/** A place for one more disk that neither libvirt nor a task under way has; throws without one. */
export function freeTarget(
  { domainName }: Vm,
  live: LiveVm,
  state: LiveVm["state"],
  rows: readonly { target: string }[],
): string {
  const taken = [...live.disks, ...live.nextDisks, ...rows].map((disk) => disk.target);
  const hasSnapshots = live.snapshots.length > 0;
  const coming = rows.filter((row) => live.disks.every((disk) => disk.target !== row.target));
  const freePorts = live.freePorts && Math.max(0, live.freePorts - coming.length);
  const plan = { domainName, state, hasSnapshots, targets: taken, freePorts };
  const { target, problem } = planAddDisk(plan);
  assertPossible(problem, domainName);
  return target;
}
