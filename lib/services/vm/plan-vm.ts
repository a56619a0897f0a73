import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { newId } from "@/lib/db/id";
import { consoleDir } from "@/lib/hypervisor/hosts";
import type { Host } from "@/lib/hypervisor/types";
import { headroom } from "@/lib/model/headroom";
import { assertHostFits, assertPoolFits } from "@/lib/model/host-fit";
import { modulesLimitOn } from "@/lib/model/memory-modules";
import { gibToBytes, mibToKib } from "@/lib/model/units";
import type { CreateVmInput } from "@/lib/model/vm";
import type { VmCreateTask } from "@/lib/tasks/definitions/vm-create";
import { requirePool } from "../host/require-host";
import { assertNetwork } from "../network/assert-network";

export interface VmPlan {
  task: VmCreateTask;
  diskId: string;
}

/**
 * Everything about a new VM, decided before anything is made: ids, names, sizes, headroom.
 * Throws `input.invalid` for an unknown network, `quota.exceeded` for what the host or its pool
 * cannot carry, `host.refused` without a pool.
 */
export function planVm(
  host: Host,
  input: CreateVmInput,
  image: { id: string; pool: string; volume: string } | null,
): VmPlan {
  assertNetwork(host, input.network);
  const view = host.view();
  assertHostFits(input, view);
  const pool = requirePool(host, "disks");
  const diskBytes = gibToBytes(input.diskGib);
  assertPoolFits({ format: input.diskFormat, capacityBytes: diskBytes }, pool);
  const room = headroom(input, view);
  const vmId = newId();
  const diskId = newId();
  const domainName = `p-${vmId}`;
  const folder = consoleDir();
  return {
    diskId,
    task: {
      vmId,
      hostId: host.id,
      imageId: image?.id ?? null,
      diskBytes,
      start: true,
      spec: {
        uuid: randomUUID(),
        domainName,
        vmId,
        projectId: input.projectId,
        title: input.name,
        virtType: view.virt.virtType,
        firmware: input.firmware,
        vcpus: input.vcpus,
        maxVcpus: room.maxVcpus,
        memoryKib: mibToKib(input.memoryMib),
        maxMemoryKib: mibToKib(room.maxMemoryMib),
        modulesLimitKib: input.memoryModules
          ? modulesLimitOn(view, mibToKib(room.maxMemoryMib))
          : null,
        disk: {
          pool: pool.name,
          volume: `${domainName}-0.${input.diskFormat}`,
          format: input.diskFormat,
          serial: diskId,
        },
        cdrom: image && { pool: image.pool, volume: image.volume },
        network: input.network,
        video: input.video,
        consoleSocketPath: folder ? join(folder, `${domainName}.sock`) : null,
      },
    },
  };
}
