import { z } from "zod";

/** Id of a row. */
export const idSchema = z.string().min(1).max(40);
export const timeSchema = z.iso.datetime().describe("ISO 8601, in UTC.");

/** `true` or `false` of a query. */
export const flagSchema = z
  .enum(["true", "false"])
  .default("false")
  .transform((value) => value === "true");

/** Part of a name in a query. */
export const searchSchema = z.string().trim().min(1).max(100);

/** One or more of the words, separated by commas. */
export function listOf<const W extends readonly [string, ...string[]]>(words: W) {
  const pattern = new RegExp(`^(${words.join("|")})(,(${words.join("|")}))*$`);
  return z
    .string()
    .max(500)
    .regex(pattern)
    .describe(`One or more of ${words.join(", ")}, separated by commas.`)
    .transform((text) => text.split(",") as W[number][]);
}
