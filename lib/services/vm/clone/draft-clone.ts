import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Vm } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import { consoleDir } from "@/lib/hypervisor/hosts";
import type { CloneVmInput } from "@/lib/model/clone";
import { assertPoolFits } from "@/lib/model/host-fit";
import type { VmCloneTask } from "@/lib/tasks/definitions/vm-clone";
import { requirePool } from "../../host/require-host";
import type { Source, SourceDisk } from "./read-source";

/**
 * Everything about a clone, decided before anything is made: ids and names. Throws
 * `quota.exceeded` for disks that the host's pool cannot carry, `host.refused` without a pool.
 */
export function draftClone(
  row: Vm,
  { host, digest, disks }: Source,
  { vmId, name, description, linked }: CloneVmInput & { vmId: string },
): VmCloneTask {
  const pool = requirePool(host, "disks");
  const formatOf = (disk: SourceDisk) => (linked ? "qcow2" : disk.format);
  for (const disk of disks) assertPoolFits({ ...disk, format: formatOf(disk) }, pool);
  if (!linked) {
    // A qcow2 file grows: what is in use has to fit at once.
    const now = disks.map((disk) =>
      disk.format === "raw" ? disk.capacityBytes : disk.allocationBytes,
    );
    const capacityBytes = now.reduce((sum, bytes) => sum + bytes, 0);
    assertPoolFits({ format: "raw", capacityBytes }, pool);
  }
  const domainName = `p-${vmId}`;
  const folder = consoleDir();
  return {
    vmId,
    projectId: row.projectId,
    hostId: host.id,
    source: { vmId: row.id, uuid: row.uuid, digest },
    identity: {
      uuid: randomUUID(),
      domainName,
      title: name,
      description,
      consoleSocketPath: folder ? join(folder, `${domainName}.sock`) : null,
    },
    linked,
    disks: disks.map((disk, index) => ({
      diskId: newId(),
      target: disk.row.target,
      pool: disk.row.pool,
      from: { volume: disk.row.volume, format: disk.format },
      to: { volume: `${domainName}-${index}.${formatOf(disk)}`, format: formatOf(disk) },
      capacityBytes: disk.capacityBytes,
      before: null,
    })),
  };
}
