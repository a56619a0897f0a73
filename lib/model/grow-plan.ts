import { type DiskHolder, hasGuest, holderProblem } from "./disk-plan";
import type { UserMessage } from "./errors";
import { roundedUp } from "./quota";
import { BYTES_PER_GIB, gibToBytes } from "./units";

export interface GrowPlan {
  /** While the guest runs, which sees it at once. */
  live: boolean;
  fromBytes: number;
  toBytes: number;
  /** Why not; then nothing is done. */
  problem: UserMessage | null;
}

/**
 * What growing a disk of `fromBytes` to `sizeGib` will do. Pure: the form shows it beforehand and
 * the server acts on it. With snapshots it is refused although QEMU could: going back to one would
 * make the disk small again under a guest that has used the rest.
 */
export function planGrowDisk(
  vm: Pick<DiskHolder, "state" | "hasSnapshots">,
  fromBytes: number,
  sizeGib: number,
): GrowPlan {
  const toBytes = gibToBytes(sizeGib);
  const now = roundedUp(fromBytes / BYTES_PER_GIB);
  const smaller = toBytes > fromBytes ? null : { key: "disk.not_larger", values: { now } };
  return { live: hasGuest(vm.state), fromBytes, toBytes, problem: holderProblem(vm) ?? smaller };
}
