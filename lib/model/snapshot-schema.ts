import { z } from "zod";
import { snapshotLimits, snapshotNamePattern } from "./snapshot";

export const snapshotNameSchema = z
  .string()
  .trim()
  .normalize("NFC")
  .min(1, "field.snapshot_name")
  .max(snapshotLimits.nameLength, "field.snapshot_name")
  .regex(snapshotNamePattern, "field.snapshot_name");

/** Any text but control characters; lines are allowed. */
export const snapshotDescriptionSchema = z
  .string()
  .trim()
  .max(snapshotLimits.descriptionLength, "field.snapshot_description")
  .regex(/^(?:[^\p{Cc}\p{Cs}\p{Co}\p{Cn}]|\n)*$/u, "field.snapshot_description");
