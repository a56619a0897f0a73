import { getTranslations } from "next-intl/server";
import type { Permission } from "@/lib/policies/permissions";
import { whyNot } from "@/lib/policies/why-not";
import type { Context } from "@/lib/services/context";

/**
 * For pages: gives the function that says, in the reader's words, why he may not do something;
 * null when he may. Controls that it speaks against are shown, and cannot be used.
 */
export async function reasons(
  ctx: Context,
  projectId?: string,
): Promise<(permission: Permission) => string | null> {
  const t = await getTranslations("project");
  const mine = ctx.actor.memberships.find((each) => each.projectId === projectId)?.role;
  return (permission) => {
    const obstacle = whyNot(ctx.actor, permission, projectId);
    if (obstacle === null) return null;
    if (obstacle === "auditor" || obstacle === "admin") return t(`reason.${obstacle}`);
    const needed = t(`role.${obstacle}`);
    return mine
      ? t("reason.role", { needed, role: t(`role.${mine}`) })
      : t("reason.none", { needed });
  };
}
