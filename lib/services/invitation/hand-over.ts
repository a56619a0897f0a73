import type { Context } from "../context";
import { mailInvitation } from "./mail-invitation";

/**
 * Brings a fresh link to the invited person: by mail where that is set up, unless the inviter asks
 * to hand it over; else the inviter gets it. Who sees a link can take up the invitation himself.
 */
export async function handOver(
  ctx: Context,
  invitation: { to: string; path: string; projectName: string | null },
  showLink = false,
): Promise<{ path: string | null; mailed: boolean }> {
  if (showLink || ctx.mail === null) return { path: invitation.path, mailed: false };
  return { path: null, mailed: await mailInvitation(ctx, invitation) };
}

/** What the audit log says of a link that need not have been shown. */
export function linkDetail(ctx: Context, showLink = false): { linkShown?: true } {
  return showLink && ctx.mail !== null ? { linkShown: true } : {};
}
