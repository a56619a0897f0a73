import { z } from "zod";

/** Caps of what a browser sends of a credential; real ones stay far below. */
const base64url = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[\w-]+$/);

export const passkeyIdSchema = base64url(1_400);

const credential = {
  id: passkeyIdSchema,
  rawId: passkeyIdSchema,
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional(),
  // Nothing is asked for, so nothing is taken.
  clientExtensionResults: z.object({}),
};

/** What the browser answers when a passkey is made. */
export const passkeyRegistrationSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_000),
    attestationObject: base64url(20_000),
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
});
export type PasskeyRegistration = z.infer<typeof passkeyRegistrationSchema>;

/** What the browser answers when a passkey is used. */
export const passkeyAssertionSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_000),
    authenticatorData: base64url(4_000),
    signature: base64url(4_000),
    userHandle: base64url(200).nullish(),
  }),
});
export type PasskeyAssertion = z.infer<typeof passkeyAssertionSchema>;

/** So that a person can tell passkeys apart. */
export const passkeyNameSchema = z
  .string()
  .trim()
  .min(1, "field.name.required")
  .max(60, "field.name.too_long")
  .regex(/^\P{C}+$/u, "field.name.characters");

/** A note that the server sealed, to be given back with the browser's answer. */
export const ticketSchema = z.string().max(2_000);

/** What a browser is to ask an authenticator for, and the note to give back with the answer. */
export interface PasskeyQuestion<Options> {
  options: Options;
  ticket: string;
}
