import { z } from "zod";
import { makeChallenge, openChallenge, spendChallenge } from "@/lib/auth/challenge";
import {
  type RegistrationOptions,
  registrationOptions,
  verifyRegistration,
} from "@/lib/auth/passkey";
import type { RelyingParty } from "@/lib/auth/relying-party";
import { AppError } from "@/lib/model/errors";
import {
  type PasskeyQuestion,
  passkeyNameSchema,
  passkeyRegistrationSchema,
  ticketSchema,
} from "@/lib/model/passkey";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { assertProvedRecently } from "./assert-proved";
import { firstRecoveryCodes } from "./recovery-codes";

/** Passkeys that one person may have. */
export const passkeyLimit = 20;

export const addPasskeySchema = z.object({
  name: passkeyNameSchema,
  response: passkeyRegistrationSchema,
  ticket: ticketSchema,
});

/**
 * Keeps the passkey that the browser has made to `startPasskey`'s question. Gives recovery codes
 * to who had none, to be shown once. Throws `input.invalid` naming `passkey` when the answer is
 * not one to that question, and `auth.forbidden` without a recent proof.
 */
export async function addPasskey(
  ctx: Context,
  input: z.output<typeof addPasskeySchema>,
  rp: RelyingParty | null,
): Promise<{ recoveryCodes: string[] | null }> {
  assertPerson(ctx.actor);
  await assertProvedRecently(ctx);
  const { userId } = ctx.actor;
  const now = ctx.clock();
  const challenge = await openChallenge(input.ticket, registrationBy(ctx), now);
  const fresh = challenge !== null && (await spendChallenge(ctx.db, challenge, userId, now));
  const passkey = fresh && rp ? await verifyRegistration(rp, input.response, challenge) : null;
  const audit = {
    action: "factor.passkey_add",
    targetType: "passkey",
    targetName: input.name,
  } as const;
  if (passkey === null) {
    await writeAudit(ctx, { ...audit, outcome: "refused" });
    throw refused();
  }
  return ctx.db.$transaction(async (tx) => {
    await assertRoom(tx, userId);
    // An id that is kept already may be another person's: nobody is told.
    if ((await tx.passkey.count({ where: { id: passkey.id } })) > 0) throw refused();
    await tx.passkey.create({ data: { ...passkey, userId, name: input.name, createdAt: now } });
    const recoveryCodes = await firstRecoveryCodes(tx, userId);
    await writeAudit({ ...ctx, db: tx }, { ...audit, targetId: passkey.id, outcome: "ok" });
    return { recoveryCodes };
  });
}

/** What the browser is to ask the authenticator for; throws as `addPasskey` does. */
export async function startPasskey(
  ctx: Context,
  rp: RelyingParty | null,
): Promise<PasskeyQuestion<RegistrationOptions>> {
  assertPerson(ctx.actor);
  await assertProvedRecently(ctx);
  if (rp === null) {
    throw new AppError({
      code: "conflict.rule",
      message: "WebAuthn needs a host name and https",
      userMessage: { key: "auth.passkey_origin" },
    });
  }
  const { userId: id, email, name } = ctx.actor;
  await assertRoom(ctx.db, id);
  const known = await ctx.db.passkey.findMany({ where: { userId: id } });
  const { challenge, ticket } = await makeChallenge(registrationBy(ctx), ctx.clock());
  return { options: await registrationOptions(rp, { id, email, name }, known, challenge), ticket };
}

function registrationBy(ctx: Context) {
  return { purpose: "register", holder: ctx.actor.sessionId } as const;
}

async function assertRoom(db: Pick<Context["db"], "passkey">, userId: string): Promise<void> {
  if ((await db.passkey.count({ where: { userId } })) < passkeyLimit) return;
  throw new AppError({
    code: "conflict.rule",
    message: `more than ${passkeyLimit} passkeys`,
    userMessage: { key: "auth.passkey_limit", values: { maximum: passkeyLimit } },
  });
}

function refused(): AppError {
  return new AppError({
    code: "input.invalid",
    message: "the passkey's registration was refused",
    fields: { passkey: { key: "field.passkey.refused" } },
  });
}
