import { type DiskHolder, hasGuest, holderProblem } from "./disk-plan";
import type { UserMessage } from "./errors";

/** What the guest can let go of while it runs; all others are soldered on. */
const hotPlugged: readonly string[] = ["virtio", "scsi", "usb"];

export interface DetachPlan {
  /** The running guest is asked to let go of it; it may take its time, or not do it at all. */
  live: boolean;
  /** Whether the VM has no disk to start from afterwards. */
  lastBoot: boolean;
  /** Why not; then nothing is done. */
  problem: UserMessage | null;
}

interface PlannedDisk {
  target: string;
  device: "disk" | "cdrom";
  bus: string;
  bootOrder: number | null;
}

/** What taking a disk away will do. Pure: the form shows it beforehand and the server acts on it. */
export function planDetachDisk(
  vm: Pick<DiskHolder, "state" | "hasSnapshots">,
  disk: PlannedDisk,
  drives: readonly PlannedDisk[],
): DetachPlan {
  const live = hasGuest(vm.state);
  const boots = drives.filter((each) => each.device === "disk" && each.bootOrder !== null);
  const fixed =
    live && !hotPlugged.includes(disk.bus)
      ? { key: "disk.no_hotplug", values: { bus: disk.bus } }
      : null;
  return {
    live,
    lastBoot: boots.length === 1 && boots[0]?.target === disk.target,
    problem: holderProblem(vm) ?? fixed,
  };
}
