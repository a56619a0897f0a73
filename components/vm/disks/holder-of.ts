import type { DiskHolder } from "@/lib/model/disk-plan";
import type { VmDetail } from "@/lib/model/vm";

/** The VM as plans for its disks see it. */
export function holderOf(vm: VmDetail): DiskHolder {
  return {
    domainName: vm.domainName,
    state: vm.state,
    hasSnapshots: vm.snapshots !== "",
    targets: vm.disks.map((disk) => disk.target),
    freePorts: vm.freePorts,
  };
}
