import type { LimitRow, OwnLimits } from "@/lib/model/quota";

/** The columns of a project's row that limit it, for a query's `select`. */
export const limitFields = {
  maxVms: true,
  maxVcpus: true,
  maxMemoryMib: true,
  maxDiskGib: true,
  maxSnapshots: true,
  maxImages: true,
  maxImageGib: true,
  leaseDays: true,
} as const;

/** The row that sets these limits. */
export function toLimitRow(limits: OwnLimits): LimitRow {
  return {
    maxVms: limits.vms,
    maxVcpus: limits.vcpus,
    maxMemoryMib: limits.memoryMib,
    maxDiskGib: limits.diskGib,
    maxSnapshots: limits.snapshots,
    maxImages: limits.images,
    maxImageGib: limits.imageGib,
  };
}
