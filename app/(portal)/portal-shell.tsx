import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { confirmIdentityAction, proofWaysAction } from "@/app/account/proof-actions";
import { ProofProvider } from "@/components/account/prove-dialog";
import { AppShell } from "@/components/shell/app-shell";
import { parseTheme } from "@/components/shell/theme";
import { preferenceCookie } from "@/lib/auth/preference-cookie";
import { can } from "@/lib/policies/can";
import type { Context } from "@/lib/services/context";
import { hostNotices } from "@/lib/services/host/host-notice";
import { listProjects } from "@/lib/services/project/list-projects";
import { setLocaleAction, setThemeAction } from "./shell-actions";

interface PortalShellProps {
  ctx: Context;
  area?: "portal" | "admin";
  /** Of the open project; without one the first project is offered. */
  slug?: string;
  children: ReactNode;
}

/** The frame with its data: for projects, administration and the account alike. */
export async function PortalShell({ ctx, area = "portal", slug, children }: PortalShellProps) {
  const [projects, notices, cookieStore] = await Promise.all([
    listProjects(ctx),
    hostNotices(ctx),
    cookies(),
  ]);
  const { name, email } = ctx.actor;
  return (
    <AppShell
      area={area}
      person={{ name, email, seesAdmin: can(ctx.actor, "host.read") }}
      projects={projects.map(({ id, slug, name }) => ({ id, slug, name }))}
      current={projects.find((each) => each.slug === slug) ?? projects[0] ?? null}
      notices={notices}
      theme={parseTheme(cookieStore.get(preferenceCookie("theme").name)?.value)}
      actions={{ setTheme: setThemeAction, setLocale: setLocaleAction }}
    >
      <ProofProvider actions={{ ways: proofWaysAction, confirm: confirmIdentityAction }}>
        {children}
      </ProofProvider>
    </AppShell>
  );
}
