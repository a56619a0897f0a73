import { getTranslations } from "next-intl/server";
import type { VmView } from "@/lib/model/vm";
import { closedOnTemplate } from "@/lib/policies/closed-on-template";
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

/** The same for the pages of a VM: a template is left as it is, whoever asks. */
export async function reasonsOn(
  ctx: Context,
  vm: Pick<VmView, "projectId" | "template">,
): Promise<(permission: Permission) => string | null> {
  const t = await getTranslations("vm.template");
  const why = await reasons(ctx, vm.projectId);
  return (permission) =>
    why(permission) ?? (vm.template && closedOnTemplate.includes(permission) ? t("closed") : null);
}
