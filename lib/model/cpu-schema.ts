import { z } from "zod";
import type { CpuAsked } from "./cpu";
import { vmLimits } from "./vm-limits";

const count = z.int().min(vmLimits.vcpus.min).max(vmLimits.vcpus.max);

export const setCpuSchema = z.strictObject({
  maxVcpus: count,
  sockets: count,
  cores: count,
  threads: count,
  model: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .optional(),
}) satisfies z.ZodType<CpuAsked>;
