import {
  Activity,
  ArrowLeft,
  Disc3,
  HeartPulse,
  MonitorCog,
  Network,
  Server,
  ServerCog,
  SquareTerminal,
} from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { HostNotice } from "@/lib/model/live-event";
import { AccountMenu, type AccountMenuProps } from "./account-menu";
import { Brand } from "./brand";
import { HostBanner } from "./host-banner";
import { LiveBadge } from "./live-badge";
import { LiveProvider } from "./live-provider";
import { type NavItem, NavLinks } from "./nav-links";
import type { PalettePage } from "./palette";
import { type PreferenceActions, PreferencesMenus } from "./preferences-menu";
import { ProjectSwitcher, type ShellProject } from "./project-switcher";
import { SearchButton } from "./search-button";
import type { Theme } from "./theme";

export interface AppShellProps {
  area: "portal" | "admin";
  person: { name: string; email: string; isAdmin: boolean };
  projects: ShellProject[];
  current: ShellProject | null;
  notices: HostNotice[];
  theme: Theme;
  actions: PreferenceActions & { signOut: AccountMenuProps["signOut"] };
  children: ReactNode;
}

/** The frame of every page: left bar, top bar, host banner; on a phone a bar at the bottom. */
export function AppShell(props: AppShellProps) {
  const { area, person, projects, current, notices, theme, actions, children } = props;
  const t = useTranslations("nav");
  const portal = useProjectItems(current);
  const admin = useAdminItems();
  const items = area === "admin" ? admin : portal;
  const pages: PalettePage[] = [
    ...portal.map(({ href, label }) => ({ href, label, group: "pages" as const })),
    ...(person.isAdmin ? admin : []).map(({ href, label }) => ({
      href,
      label: `${t("admin")}: ${label}`,
      group: "pages" as const,
    })),
    { href: "/account", label: t("accountSettings"), group: "pages" },
    ...useActionEntries(current),
  ];

  return (
    <LiveProvider projectId={current?.id ?? null}>
      <div data-area={area} className="min-h-dvh md:grid md:grid-cols-[14rem_minmax(0,1fr)]">
        <a
          href="#content"
          className="sr-only rounded-md bg-accent px-4 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50"
        >
          {t("skip")}
        </a>
        <aside className="sticky top-0 flex h-dvh flex-col gap-5 border-line border-r bg-surface px-3 py-4 max-md:hidden">
          <Link href="/" className="rounded px-2.5">
            <Brand />
          </Link>
          {area === "portal" ? (
            <ProjectSwitcher projects={projects} current={current} />
          ) : (
            <p className="px-2.5 font-semibold text-accent-text text-xs uppercase tracking-wider">
              {t("admin")}
            </p>
          )}
          <nav aria-label={area === "admin" ? t("admin") : t("main")} className="flex-1">
            <NavLinks items={items} look="side" />
          </nav>
          <AreaLink area={area} isAdmin={person.isAdmin} current={current} />
        </aside>
        <div className="flex min-h-dvh min-w-0 flex-col overflow-x-clip max-md:pb-16">
          <header className="sticky top-0 z-30 flex h-13 items-center gap-2 border-line border-b bg-surface px-4 md:px-6">
            <Link href="/" aria-label="Portico" className="mr-1 rounded md:hidden">
              <Brand />
            </Link>
            <SearchButton projectSlug={current?.slug ?? null} pages={pages} />
            <div className="flex-1" />
            <LiveBadge />
            <PreferencesMenus theme={theme} actions={actions} />
            <AccountMenu {...person} signOut={actions.signOut} />
          </header>
          <HostBanner notices={notices} isAdmin={person.isAdmin} />
          <main id="content" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
            {children}
          </main>
        </div>
        <nav
          aria-label={area === "admin" ? t("admin") : t("main")}
          className="fixed inset-x-0 bottom-0 z-30 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
        >
          <NavLinks items={items} look="bottom" />
        </nav>
      </div>
    </LiveProvider>
  );
}

function useProjectItems(current: ShellProject | null): NavItem[] {
  const t = useTranslations("nav");
  if (current === null) return [];
  const base = `/p/${current.slug}`;
  return [
    { href: `${base}/vms`, label: t("vms"), icon: <SquareTerminal aria-hidden="true" /> },
    { href: `${base}/images`, label: t("images"), icon: <Disc3 aria-hidden="true" /> },
    { href: `${base}/networks`, label: t("networks"), icon: <Network aria-hidden="true" /> },
    { href: `${base}/activity`, label: t("activity"), icon: <Activity aria-hidden="true" /> },
  ];
}

function useAdminItems(): NavItem[] {
  const t = useTranslations("nav");
  return [
    { href: "/admin/hosts", label: t("adminHosts"), icon: <Server aria-hidden="true" /> },
    { href: "/admin/vms", label: t("adminVms"), icon: <MonitorCog aria-hidden="true" /> },
    { href: "/admin/health", label: t("adminHealth"), icon: <HeartPulse aria-hidden="true" /> },
  ];
}

function useActionEntries(current: ShellProject | null): PalettePage[] {
  const t = useTranslations("nav");
  if (current === null) return [];
  return [
    { href: `/p/${current.slug}/vms/new`, label: t("palette.createVm"), group: "actions" },
    { href: `/p/${current.slug}/images`, label: t("palette.uploadIso"), group: "actions" },
  ];
}

interface AreaLinkProps {
  area: "portal" | "admin";
  isAdmin: boolean;
  current: ShellProject | null;
}

/** From the project to administration, and back. */
function AreaLink({ area, isAdmin, current }: AreaLinkProps) {
  const t = useTranslations("nav");
  const look =
    "flex h-9 items-center gap-2.5 rounded-md px-2.5 font-medium text-13 text-muted hover:bg-raised hover:text-ink [&>svg]:size-4";
  if (area === "admin") {
    return (
      <Link href={current ? `/p/${current.slug}/vms` : "/"} className={look}>
        <ArrowLeft aria-hidden="true" />
        <span className="truncate">
          {t("backToProject", { project: current?.name ?? "Portico" })}
        </span>
      </Link>
    );
  }
  if (!isAdmin) return null;
  return (
    <Link href="/admin/hosts" className={look}>
      <ServerCog aria-hidden="true" />
      {t("admin")}
    </Link>
  );
}
