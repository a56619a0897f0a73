import { z } from "zod";
import { HIGHEST_CPU } from "./cpu-set";
import type { PinsAsked } from "./pinning";
import { vmLimits } from "./vm-limits";

/** More CPUs than a host of ours has; null is all of them. */
const cpus = z.array(z.int().min(0).max(HIGHEST_CPU)).min(1).max(1024).nullable();

export const pinSchema = z.strictObject({
  vcpus: z
    .array(
      z.strictObject({
        vcpu: z
          .int()
          .min(0)
          .max(vmLimits.vcpus.max - 1),
        cpus,
      }),
    )
    .max(vmLimits.vcpus.max),
  emulator: cpus.optional(),
}) satisfies z.ZodType<PinsAsked>;
