import { z } from "zod";
import { assertPerson } from "@/lib/policies/assert-person";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { type Accepted, useUp } from "./use-up";

export const acceptInvitationSchema = z.object({ token: z.string().min(1).max(200) });

/**
 * The signed-in person takes up an invitation, whichever address it was sent to: the link is what
 * counts. Throws `not_found` when it was used, taken back or is too old.
 */
export async function acceptInvitation(
  ctx: Context,
  input: z.output<typeof acceptInvitationSchema>,
): Promise<Accepted> {
  assertPerson(ctx.actor);
  const { userId } = ctx.actor;
  const accepted = await ctx.db.$transaction((tx) =>
    useUp(tx, { ...ctx, db: tx }, { token: input.token, userId }),
  );
  publish({ type: "rights", projectId: accepted.projectId, userId });
  return accepted;
}
