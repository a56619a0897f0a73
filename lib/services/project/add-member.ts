import { z } from "zod";
import { AppError } from "@/lib/model/errors";
import { emailSchema } from "@/lib/model/person";
import { assertCan } from "@/lib/policies/can";
import { projectRoles } from "@/lib/policies/permissions";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { joinProject } from "./join-project";
import { requireProject } from "./require-project";

export const addMemberSchema = z.object({
  projectId: z.string().min(1).max(40),
  email: emailSchema,
  role: z.enum(projectRoles),
});

/**
 * Makes the person with this account a member at once. For those who manage users: anybody else
 * could find out by it who has an account, and invites instead. Throws `input.invalid` without
 * such an account and `conflict.exists` for a member.
 */
export async function addMember(
  ctx: Context,
  input: z.output<typeof addMemberSchema>,
): Promise<void> {
  const { id: projectId } = await requireProject(ctx, input.projectId, "member.manage");
  assertCan(ctx.actor, "user.manage");
  const userId = await ctx.db.$transaction(async (tx) => {
    const user = await tx.user.findUnique({
      where: { email: input.email },
      select: { id: true, memberships: { where: { projectId } } },
    });
    if (user === null) {
      throw new AppError({
        code: "input.invalid",
        message: "no account with this address",
        fields: { email: { key: "field.email.no_account" } },
      });
    }
    if (user.memberships.length > 0) throw alreadyMember();
    await joinProject(tx, { projectId, userId: user.id, role: input.role });
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "member.add",
        outcome: "ok",
        projectId,
        targetType: "user",
        targetId: user.id,
        targetName: input.email,
        detail: { role: input.role },
      },
    );
    return user.id;
  });
  publish({ type: "rights", projectId, userId });
}

/** For an address that is among the members, which those who manage them see anyway. */
export function alreadyMember(): AppError {
  return new AppError({
    code: "conflict.exists",
    message: "the person is a member already",
    userMessage: { key: "member.exists" },
  });
}
