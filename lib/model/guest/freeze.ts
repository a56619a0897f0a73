import { z } from "zod";

/** Seconds. What writes to a frozen file system stands still: longer than this helps nobody. */
export const freezeLimits = { least: 5, most: 600, usual: 60, mountpoints: 64 } as const;

export const freezeSchema = z.strictObject({
  /** After this the portal thaws by itself. */
  seconds: z.number().int().min(freezeLimits.least).max(freezeLimits.most),
  /** Of the file systems to freeze; absent or empty: all. */
  mountpoints: z
    .array(
      z
        .string()
        .min(1)
        .max(1024)
        .regex(/^\P{Cc}+$/u),
    )
    .max(freezeLimits.mountpoints)
    .optional(),
});

/** Whether a guest's file systems are at rest, as far as the portal has done it. */
export interface FreezeView {
  vmId: string;
  /** When they are thawed at the latest; null: they are not frozen. */
  until: string | null;
}
