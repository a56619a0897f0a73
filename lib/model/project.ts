import { z } from "zod";

/** A project's name as people read it: any script, no control or direction-changing characters. */
export const projectNameSchema = z
  .string("field.project.required")
  .trim()
  .normalize("NFC")
  .min(1, "field.project.required")
  .max(60, "field.project.too_long")
  .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]+$/u, "field.project.characters");

const longest = 40;

/** The part of an address made from a name: lower-case latin letters, digits, single hyphens. */
export function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return words.slice(0, longest).replace(/-+$/, "") || "project";
}

/** The first of `slug`, `slug-2`, `slug-3`… that is not taken. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  for (let number = 2; ; number += 1) {
    const next = `${slug}-${number}`;
    if (!taken.has(next)) return next;
  }
}
