import type { Vm } from "@/lib/db/generated/client";
import type { Host, LiveDisk, LiveSnapshot, LiveVm, Place } from "@/lib/hypervisor/types";
import { clipboardHoldsMemory } from "@/lib/model/clipboard";
import type { SnapshotSet, SnapshotView } from "@/lib/model/snapshot";
import { treeOf } from "@/lib/model/snapshot-tree";
import { toVmView } from "../vm/to-vm-view";

/** A VM's snapshots with all that plans need, from what the inventory knows. Pure. */
export function toSnapshotSet(row: Vm, live: LiveVm | null, host: Host | null): SnapshotSet {
  const view = toVmView(row, live, host);
  const disks = (live?.nextDisks ?? []).filter((disk) => disk.device === "disk");
  const views = (live?.snapshots ?? []).map((each) => toSnapshotView(each, disks));
  return {
    vm: {
      domainName: live?.domainName ?? row.domainName,
      state: view.state,
      running: view.bootId !== null,
      firmware: view.firmware,
      agentConnected: view.agentConnected,
      hotAddedVcpus: live?.hotAddedVcpus ?? 0,
      clipboardHoldsMemory:
        live !== null && clipboardHoldsMemory(live.clipboard, host?.view().qemuVersion ?? null),
      disks: disks.map(({ target, pool, volume, format }) => ({ target, pool, volume, format })),
    },
    snapshots: treeOf(views).map(({ depth: _shown, ...each }) => each),
  };
}

function toSnapshotView(snapshot: LiveSnapshot, now: readonly LiveDisk[]): SnapshotView {
  const { media: _media, disks, ...rest } = snapshot;
  return {
    ...rest,
    sameDisks: hasSameDisks(snapshot, now),
    disks: disks.map(({ target, pool, volume }) => ({ target, pool, volume })),
  };
}

/** Inside the disks a snapshot is only where the very same files are used; else by their targets. */
function hasSameDisks({ disks, storage }: LiveSnapshot, now: readonly LiveDisk[]): boolean {
  return (
    disks.length === now.length &&
    disks.every((disk) => {
      const own = now.find((each) => each.target === disk.target);
      return own !== undefined && (storage === "external" || keyOf(own) === keyOf(disk));
    })
  );
}

function keyOf({ pool, volume, path }: Place): string {
  return volume === null ? (path ?? "") : `${pool}/${volume}`;
}
