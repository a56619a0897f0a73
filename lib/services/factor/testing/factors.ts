import { Secret, TOTP } from "otpauth";
import type { RelyingParty } from "@/lib/auth/relying-party";
import { SoftAuthenticator } from "@/lib/auth/testing/soft-authenticator";
import type { Context } from "@/lib/services/context";
import { addPasskey, startPasskey } from "../add-passkey";
import { confirmTotp } from "../confirm-totp";
import { startTotp } from "../start-totp";

export const rp: RelyingParty = { id: "cloud.example", origin: "https://cloud.example" };

/** What an authenticator app with this secret shows then. */
export function codeAt(secret: string, at: Date): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });
}

/** Sets up an app for the context's person, using up the code of its clock's time step. */
export async function withTotp(ctx: Context): Promise<{ secret: string; codes: string[] | null }> {
  const { secret } = await startTotp(ctx);
  const { recoveryCodes } = await confirmTotp(ctx, { code: codeAt(secret, ctx.clock()) });
  return { secret, codes: recoveryCodes };
}

/** Makes a passkey for the context's person. */
export async function withPasskey(
  ctx: Context,
  name = "Key",
): Promise<{ key: SoftAuthenticator; codes: string[] | null }> {
  const key = new SoftAuthenticator(rp.origin);
  const { options, ticket } = await startPasskey(ctx, rp);
  const { recoveryCodes } = await addPasskey(
    ctx,
    { name, response: key.create(options), ticket },
    rp,
  );
  return { key, codes: recoveryCodes };
}
