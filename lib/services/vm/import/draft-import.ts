import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { newId } from "@/lib/db/id";
import { consoleDir } from "@/lib/hypervisor/hosts";
import type { Host } from "@/lib/hypervisor/types";
import { type Appliance, type ImportVmInput, importedFormat } from "@/lib/model/appliance";
import { headroom } from "@/lib/model/headroom";
import { assertHostFits, assertPoolFits } from "@/lib/model/host-fit";
import { mibToKib } from "@/lib/model/units";
import type { VmImportTask } from "@/lib/tasks/definitions/vm-import";
import { requirePool } from "../../host/require-host";
import { assertNetwork } from "../../network/assert-network";

/**
 * Everything about a VM that is imported, decided before anything is made: ids, names, sizes. Of the
 * file it takes the places of its disks and how many cards there were. Throws `input.invalid` for an
 * unknown network, `quota.exceeded` for what the host or its pool cannot carry, `host.refused`
 * without a pool.
 */
export function draftImport(
  host: Host,
  { projectId, appliance }: { projectId: string; appliance: Appliance },
  input: ImportVmInput,
): VmImportTask {
  assertNetwork(host, input.network);
  const view = host.view();
  assertHostFits(input, view);
  const pool = requirePool(host, "disks");
  for (const { capacityBytes } of appliance.disks) {
    assertPoolFits({ format: importedFormat, capacityBytes }, pool);
  }
  const room = headroom(input, view);
  const vmId = newId();
  const domainName = `p-${vmId}`;
  const folder = consoleDir();
  const files = appliance.disks.map(({ file: _, ...from }, index) => ({
    from,
    to: { pool: pool.name, volume: `${domainName}-${index}.${importedFormat}` },
  }));
  const [disk, ...moreDisks] = files.map(({ to }) => ({
    ...to,
    format: importedFormat,
    serial: newId(),
  }));
  if (disk === undefined) throw new Error("an appliance without a disk was taken");
  return {
    vmId,
    hostId: host.id,
    imageId: input.imageId,
    spec: {
      uuid: randomUUID(),
      domainName,
      vmId,
      projectId,
      title: input.name,
      virtType: view.virt.virtType,
      firmware: input.firmware,
      vcpus: input.vcpus,
      maxVcpus: room.maxVcpus,
      memoryKib: mibToKib(input.memoryMib),
      maxMemoryKib: mibToKib(room.maxMemoryMib),
      modulesLimitKib: null,
      disk,
      moreDisks,
      cdrom: null,
      network: input.network,
      drivers: input.drivers,
      nics: appliance.networks.length,
      consoleSocketPath: folder ? join(folder, `${domainName}.sock`) : null,
    },
    disks: files,
    start: input.start,
    keep: input.keep,
  };
}
