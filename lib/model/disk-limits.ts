import { z } from "zod";

/** What a disk's traffic is held to, reading and writing together; null: not at all. */
export interface DiskLimits {
  /** Operations per second, over time. */
  iops: number | null;
  /** Operations per second, for a moment: at most a second's worth. */
  iopsBurst: number | null;
  /** MiB per second, over time. */
  mibps: number | null;
  /** MiB per second, for a moment. */
  mibpsBurst: number | null;
}

export const noDiskLimits: DiskLimits = {
  iops: null,
  iopsBurst: null,
  mibps: null,
  mibpsBurst: null,
};

/** QEMU counts further than any disk is fast. */
export const diskLimitMax = 1_000_000;

const figure = z
  .number("field.disk_limit.range")
  .int("field.disk_limit.range")
  .min(1, "field.disk_limit.range")
  .max(diskLimitMax, "field.disk_limit.range")
  .nullable()
  .default(null);

const burst = { error: "field.disk_limit.burst" };

export const diskLimitsSchema = z
  .strictObject({ iops: figure, iopsBurst: figure, mibps: figure, mibpsBurst: figure })
  .refine((limits) => fits(limits.iops, limits.iopsBurst), { ...burst, path: ["iopsBurst"] })
  .refine((limits) => fits(limits.mibps, limits.mibpsBurst), { ...burst, path: ["mibpsBurst"] });

/** A burst goes above a limit: without one, or below it, QEMU takes none. */
function fits(limit: number | null, most: number | null): boolean {
  return most === null || (limit !== null && most >= limit);
}
