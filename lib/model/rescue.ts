import { z } from "zod";

/** The image that a VM is to start from. */
export const startRescueSchema = z.strictObject({ imageId: z.string().min(1).max(40) });

/**
 * What becomes of a definition that somebody has changed while its VM was in rescue: nothing,
 * and that is said; the changes stay; or the definition of before takes its place.
 */
export const changedInRescue = ["refuse", "keep", "restore"] as const;
export type ChangedInRescue = (typeof changedInRescue)[number];

export const endRescueSchema = z.strictObject({
  changed: z.enum(changedInRescue).default("refuse"),
});

/** Shown of a VM that is in rescue. */
export interface RescueView {
  /** Name of the image. */
  image: string;
  /** ISO. */
  since: string;
}
