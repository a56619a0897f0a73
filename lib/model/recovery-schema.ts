import { z } from "zod";
import { panicPolicies, type Recovery, watchdogActions } from "./recovery";

export const setRecoverySchema = z.strictObject({
  onPanic: z.enum(panicPolicies),
  watchdog: z.enum(watchdogActions),
}) satisfies z.ZodType<Recovery>;
