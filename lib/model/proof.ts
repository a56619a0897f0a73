import { z } from "zod";
import { type PasskeyQuestion, passkeyAssertionSchema, ticketSchema } from "./passkey";

/** What an authenticator app shows; people type it with a space in the middle. */
export const totpCodeSchema = z
  .string()
  .max(20, "field.code.digits")
  .transform((code) => code.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, "field.code.digits"));

/** A recovery code as typed: case and dashes do not matter. */
const recoveryCodeSchema = z
  .string()
  .trim()
  .min(1, "field.code.required")
  .max(80, "field.code.wrong");

/** What a sign-in goes on with after the right password. */
export const secondFactorSchema = z.discriminatedUnion("by", [
  z.object({ by: z.literal("totp"), code: totpCodeSchema }),
  z.object({ by: z.literal("recovery"), code: recoveryCodeSchema }),
  z.object({ by: z.literal("passkey"), response: passkeyAssertionSchema }),
]);
export type SecondFactor = z.output<typeof secondFactorSchema>;

/** How a signed-in person proves once more who they are. */
export const proofSchema = z.discriminatedUnion("by", [
  z.object({
    by: z.literal("password"),
    password: z.string().min(1, "field.password.required").max(1_000, "field.password.wrong"),
  }),
  z.object({ by: z.literal("totp"), code: totpCodeSchema }),
  z.object({ by: z.literal("passkey"), response: passkeyAssertionSchema, ticket: ticketSchema }),
]);
export type Proof = z.output<typeof proofSchema>;

/** What a person could prove it with; of passkeys the question to ask the browser. */
export interface ProofWays<Options> {
  password: boolean;
  totp: boolean;
  passkey: PasskeyQuestion<Options> | null;
}
