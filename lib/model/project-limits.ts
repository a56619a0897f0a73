import { z } from "zod";
import { highestLimit, type OwnLimits, type Quota } from "./quota";

/** A lease of at most ten years: longer is none. */
export const highestLeaseDays = 3_650;

const limit = z
  .number("field.limit.number")
  .int("field.limit.number")
  .min(0, "field.limit.range")
  .max(highestLimit, "field.limit.range")
  .nullable();

export const ownLimitsSchema: z.ZodType<OwnLimits> = z.object({
  vms: limit,
  vcpus: limit,
  memoryMib: limit,
  diskGib: limit,
  snapshots: limit,
  images: limit,
  imageGib: limit,
});

export const projectLimitsSchema = z.object({
  projectId: z.string().min(1).max(40),
  limits: ownLimitsSchema,
  /** How long a new VM may live; null: without end. */
  leaseDays: z
    .number("field.lease_days.number")
    .int("field.lease_days.number")
    .min(1, "field.lease_days.range")
    .max(highestLeaseDays, "field.lease_days.range")
    .nullable(),
});
export type ProjectLimitsInput = z.infer<typeof projectLimitsSchema>;

/** A project's limits as an administrator sees them, with what is used. */
export interface ProjectLimits {
  projectId: string;
  /** What the project sets itself. */
  own: OwnLimits;
  leaseDays: number | null;
  quota: Quota;
}
