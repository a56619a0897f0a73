import QRCode from "qrcode";
import { sealSecret } from "@/lib/auth/sealed-secret";
import { newTotpSecret, totpUri } from "@/lib/auth/totp";
import { AppError } from "@/lib/model/errors";
import { assertPerson } from "@/lib/policies/assert-person";
import type { Context } from "@/lib/services/context";
import { assertProvedRecently } from "./assert-proved";

export interface TotpOffer {
  /** Base32, for typing. */
  secret: string;
  /** A data URL of the QR code, for scanning. */
  qr: string;
}

/**
 * Makes a secret for an authenticator app; it counts only once `confirmTotp` has seen a right code.
 * Throws `conflict.exists` when an app is set up, `auth.forbidden` without a recent proof.
 */
export async function startTotp(ctx: Context): Promise<TotpOffer> {
  assertPerson(ctx.actor);
  await assertProvedRecently(ctx);
  const { userId, email } = ctx.actor;
  const secret = newTotpSecret();
  const kept = await ctx.db.user.updateMany({
    where: { id: userId, totpConfirmedAt: null },
    data: { totpSecret: sealSecret(secret, userId), totpLastStep: null },
  });
  if (kept.count !== 1) {
    throw new AppError({
      code: "conflict.exists",
      message: "an authenticator app is set up",
      userMessage: { key: "auth.totp_exists" },
    });
  }
  const svg = await QRCode.toString(totpUri(secret, email), { type: "svg", margin: 2 });
  return { secret, qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}` };
}
