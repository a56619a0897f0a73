import { z } from "zod";

/** An account's address as it is kept: lower case, no spaces around it. */
export const emailSchema = z
  .string("field.email.invalid")
  .trim()
  .toLowerCase()
  .max(254, "field.email.invalid")
  .pipe(z.email("field.email.invalid"));

/** A person's name: any script, no control or direction-changing characters. */
export const personNameSchema = z
  .string("field.person.required")
  .trim()
  .min(1, "field.person.required")
  .max(80, "field.person.too_long")
  .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]+$/u, "field.person.characters");
