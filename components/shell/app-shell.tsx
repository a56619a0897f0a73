import { ArrowLeft, ServerCog } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import type { HostNotice } from "@/lib/model/live-event";
import { AccountMenu } from "./account-menu";
import { Brand } from "./brand";
import { HostBanner } from "./host-banner";
import { LiveBadge } from "./live-badge";
import { LiveProvider } from "./live-provider";
import { useAdminItems, usePalettePages, useProjectItems } from "./nav-items";
import { BottomLinks, SideLinks } from "./nav-links";
import { type PreferenceActions, PreferencesMenus } from "./preferences-menu";
import { ProjectSwitcher, type ShellProject } from "./project-switcher";
import { SearchButton } from "./search-button";
import type { Theme } from "./theme";
import { WatchNotices } from "./watch-notices";

export interface AppShellProps {
  area: "portal" | "admin";
  person: { name: string; email: string; seesAdmin: boolean };
  projects: ShellProject[];
  current: ShellProject | null;
  notices: HostNotice[];
  theme: Theme;
  actions: PreferenceActions;
  children: ReactNode;
}

/** The frame of every page: left bar, top bar, host banner; on a phone a bar at the bottom. */
export function AppShell(props: AppShellProps) {
  const { area, person, projects, current, notices, theme, actions, children } = props;
  const t = useTranslations("nav");
  const portal = useProjectItems(current);
  const admin = useAdminItems();
  const items = area === "admin" ? admin : portal;
  const pages = usePalettePages(current, projects, person.seesAdmin);
  const switcher = <ProjectSwitcher projects={projects} current={current} />;

  return (
    <LiveProvider projectId={current?.id ?? null} installation={area === "admin"}>
      <WatchNotices />
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
            switcher
          ) : (
            <p className="px-2.5 font-semibold text-accent-text text-xs uppercase tracking-wider">
              {t("admin")}
            </p>
          )}
          <nav aria-label={area === "admin" ? t("admin") : t("main")} className="flex-1">
            <SideLinks items={items} />
          </nav>
          <AreaLink area={area} seesAdmin={person.seesAdmin} current={current} />
        </aside>
        <div className="flex min-h-dvh min-w-0 flex-col overflow-x-clip max-md:pb-16">
          <header className="sticky top-0 z-30 flex h-13 items-center gap-2 border-line border-b bg-surface px-4 md:px-6">
            {area === "portal" && projects.length > 1 ? (
              <div className="min-w-0 max-w-40 md:hidden">{switcher}</div>
            ) : (
              <Link href="/" aria-label="Portico" className="mr-1 rounded md:hidden">
                <Brand />
              </Link>
            )}
            <SearchButton projectSlug={current?.slug ?? null} pages={pages} />
            <div className="flex-1" />
            <LiveBadge />
            <PreferencesMenus theme={theme} actions={actions} />
            <AccountMenu {...person} />
          </header>
          <HostBanner notices={notices} seesAdmin={person.seesAdmin} />
          <main id="content" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
            {children}
          </main>
        </div>
        <nav
          aria-label={area === "admin" ? t("admin") : t("main")}
          className="fixed inset-x-0 bottom-0 z-30 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
        >
          <BottomLinks items={items} />
        </nav>
      </div>
    </LiveProvider>
  );
}

interface AreaLinkProps {
  area: "portal" | "admin";
  seesAdmin: boolean;
  current: ShellProject | null;
}

/** From the project to administration, and back. */
function AreaLink({ area, seesAdmin, current }: AreaLinkProps) {
  const t = useTranslations("nav");
  const look =
    "flex h-9 items-center gap-2.5 rounded-md px-2.5 font-medium text-13 text-muted hover:bg-raised hover:text-ink [&>svg]:size-4";
  if (area === "admin") {
    return (
      <Link href={current ? `/p/${current.slug}` : "/"} className={look}>
        <ArrowLeft aria-hidden="true" />
        <span className="truncate">
          {t("backToProject", { project: current?.name ?? "Portico" })}
        </span>
      </Link>
    );
  }
  if (!seesAdmin) return null;
  return (
    <Link href="/admin" className={look}>
      <ServerCog aria-hidden="true" />
      {t("admin")}
    </Link>
  );
}
