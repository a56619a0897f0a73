import { AppError } from "./errors";
import { memoryLimitMib, vcpuLimit } from "./headroom";
import { BYTES_PER_GIB } from "./units";
import type { DiskFormat } from "./vm";

/** Room that must stay free in a pool or on the upload disk. */
export const diskReserveBytes = 256 * 1024 * 1024;

/**
 * Throws `quota.exceeded` when a single VM is larger than its host can carry. A figure of the
 * host that is not known (0) lifts that bound.
 */
export function assertHostFits(
  asked: { vcpus: number; memoryMib: number },
  host: { cpuCount: number; memoryKib: number },
): void {
  const vcpus = vcpuLimit(host.cpuCount);
  if (vcpus > 0 && asked.vcpus > vcpus)
    throw tooMuch("vcpus", "host.too_many_vcpus", asked.vcpus, vcpus);
  const memoryMib = memoryLimitMib(host.memoryKib);
  if (memoryMib > 0 && asked.memoryMib > memoryMib) {
    throw tooMuch("memoryMib", "host.too_much_memory", asked.memoryMib, memoryMib);
  }
}

/**
 * Throws `quota.exceeded` when the disk cannot live in the pool. A raw disk takes its whole
 * size at once; a qcow2 disk grows, but never beyond what the pool could hold.
 */
export function assertPoolFits(
  disk: { format: DiskFormat; capacityBytes: number },
  pool: { capacityBytes: number; availableBytes: number },
): void {
  const freeBytes = Math.max(0, pool.availableBytes - diskReserveBytes);
  const roomBytes = disk.format === "raw" ? freeBytes : pool.capacityBytes;
  if (disk.capacityBytes <= roomBytes && freeBytes > 0) return;
  const key = disk.format === "raw" || freeBytes === 0 ? "disk.no_room" : "disk.beyond_pool";
  throw tooMuch(
    "diskGib",
    key,
    Math.ceil(disk.capacityBytes / BYTES_PER_GIB),
    Math.floor((key === "disk.no_room" ? freeBytes : roomBytes) / BYTES_PER_GIB),
  );
}

function tooMuch(resource: string, key: string, asked: number, limit: number): AppError {
  const userMessage = { key, values: { asked, limit } };
  return new AppError({
    code: "quota.exceeded",
    message: `${key}: asked ${asked}, limit ${limit}`,
    userMessage,
    // Each resource is named like the field of the form that asks for it.
    fields: { [resource]: userMessage },
    details: { resource, asked, limit },
  });
}
