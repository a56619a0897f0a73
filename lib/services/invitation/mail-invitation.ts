import { mailText } from "@/lib/mail/mail-text";
import type { Context } from "../context";

/**
 * Sends the link where a mail server is set; true when it has been taken. A failure is logged and
 * no more: the inviter may have a new link mailed or shown.
 */
export async function mailInvitation(
  ctx: Context,
  input: { to: string; path: string; projectName: string | null },
): Promise<boolean> {
  const { mail } = ctx;
  if (mail === null) return false;
  const inviter = await ctx.db.user.findUnique({
    where: { id: ctx.actor.userId },
    select: { locale: true },
  });
  const values = {
    inviter: ctx.actor.name,
    project: input.projectName ?? "",
    link: `${mail.origin}${input.path}`,
    origin: mail.origin,
  };
  const kind = input.projectName === null ? "invitation.installation" : "invitation.project";
  try {
    await mail.send({ to: input.to, ...mailText(inviter?.locale, kind, values) });
    return true;
  } catch (error) {
    ctx.log.warn({ err: error }, "an invitation could not be mailed");
    return false;
  }
}
