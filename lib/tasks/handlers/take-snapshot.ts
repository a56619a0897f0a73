import type { Vm } from "@/lib/db/generated/client";
import { createSnapshot } from "@/lib/hypervisor/snapshots/create-snapshot";
import { deleteSnapshot } from "@/lib/hypervisor/snapshots/delete-snapshot";
import { overlayPath, pathOf, refreshPool, removeFile } from "@/lib/hypervisor/snapshots/files";
import type { Host, LiveDisk, LiveVm } from "@/lib/hypervisor/types";
import { notFound } from "@/lib/model/errors";
import type { SnapshotSet } from "@/lib/model/snapshot";
import { requireHost } from "@/lib/services/host/require-host";
import { toSnapshotSet } from "@/lib/services/snapshot/snapshot-set";
import type { SnapshotSpec } from "../definitions/snapshot-create";
import { endChain } from "./end-chain";
import type { StepContext } from "./handler";

interface OfVm {
  vmId: string;
  hostId: string;
  uuid: string;
}

export interface Looked {
  host: Host;
  row: Vm;
  live: LiveVm;
  set: SnapshotSet;
}

/** The VM as it is now, asked of libvirt. Throws `not_found` when it is gone. */
export async function lookAt({ db, hosts }: StepContext, of: OfVm): Promise<Looked> {
  const host = requireHost(hosts, of.hostId);
  const row = await db.vm.findUnique({ where: { id: of.vmId } });
  const live = await host.inventory.refresh(of.uuid);
  if (!row || !live) throw notFound(`vm ${of.vmId}`);
  return { host, row, live, set: toSnapshotSet(row, live, host) };
}

/** Whether the snapshot is there: what a step asks that was cut off. */
export async function hasSnapshot(context: StepContext, of: OfVm, name: string): Promise<boolean> {
  const { set } = await lookAt(context, of);
  return set.snapshots.some((each) => each.name === name);
}

/** Takes a snapshot as its task says. */
export async function takeSnapshot(
  context: StepContext,
  of: OfVm,
  spec: SnapshotSpec,
): Promise<void> {
  await endChain(context, of, "backup.full.snapshots");
  const { host, live } = await lookAt(context, of);
  const { name, description, quiesce } = spec;
  if (spec.storage === "internal") {
    await createSnapshot(host, of.uuid, { name, description, overlays: null, quiesce: false });
    return;
  }
  const overlays = [];
  for (const { target, disk } of drivesOf(live)) {
    const path = disk === null ? null : overlayPath(await pathOf(host, disk), spec.suffix);
    overlays.push({ target, path });
  }
  await createSnapshot(host, of.uuid, { name, description, overlays, quiesce });
  for (const { disk } of drivesOf(live)) {
    if (disk !== null && disk.pool !== null) await refreshPool(host, disk.pool);
  }
}

/** Takes it back, and the files that were left when it failed half-way. */
export async function untakeSnapshot(
  context: StepContext,
  of: OfVm,
  spec: SnapshotSpec,
): Promise<void> {
  const { host } = await lookAt(context, of);
  await deleteSnapshot(host, of.uuid, spec.name, { metadataOnly: false });
  if (spec.storage === "internal") return;
  const { live } = await lookAt(context, of);
  const used = new Set([...live.disks, ...live.nextDisks].map((disk) => disk.path ?? disk.volume));
  for (const { disk } of drivesOf(live)) {
    if (disk === null) continue;
    const path = overlayPath(await pathOf(host, disk), spec.suffix);
    if (!used.has(path)) await removeFile(host, { pool: disk.pool, volume: null, path });
  }
}

/** The VM's drives; a CD drive has no disk of its own. */
function drivesOf(live: LiveVm): { target: string; disk: LiveDisk | null }[] {
  return live.disks.map((disk) => ({
    target: disk.target,
    disk: disk.device === "disk" ? disk : null,
  }));
}
