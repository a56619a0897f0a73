import {
  Activity,
  Archive,
  Disc3,
  FolderCog,
  FolderKanban,
  Gauge,
  HardDrive,
  HeartPulse,
  House,
  MonitorCog,
  Network,
  ScrollText,
  Server,
  Settings,
  SquareTerminal,
  Users,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { NavItem } from "./nav-links";
import type { PalettePage } from "./palette";
import type { ShellProject } from "./project-switcher";

/** The pages of a project, the most used first: a phone's bar holds the first four. */
export function useProjectItems(current: ShellProject | null): NavItem[] {
  const t = useTranslations("nav");
  if (current === null) return [];
  const base = `/p/${current.slug}`;
  return [
    { href: base, label: t("home"), icon: <House aria-hidden="true" />, exact: true },
    { href: `${base}/vms`, label: t("vms"), icon: <SquareTerminal aria-hidden="true" /> },
    { href: `${base}/images`, label: t("images"), icon: <Disc3 aria-hidden="true" /> },
    { href: `${base}/networks`, label: t("networks"), icon: <Network aria-hidden="true" /> },
    { href: `${base}/disks`, label: t("disks"), icon: <HardDrive aria-hidden="true" /> },
    { href: `${base}/backups`, label: t("backups"), icon: <Archive aria-hidden="true" /> },
    { href: `${base}/activity`, label: t("activity"), icon: <Activity aria-hidden="true" /> },
    { href: `${base}/project`, label: t("project"), icon: <FolderCog aria-hidden="true" /> },
  ];
}

/** The pages of administration. */
export function useAdminItems(): NavItem[] {
  const t = useTranslations("nav");
  return [
    { href: "/admin", label: t("adminOverview"), icon: <Gauge aria-hidden="true" />, exact: true },
    { href: "/admin/hosts", label: t("adminHosts"), icon: <Server aria-hidden="true" /> },
    { href: "/admin/vms", label: t("adminVms"), icon: <MonitorCog aria-hidden="true" /> },
    {
      href: "/admin/projects",
      label: t("adminProjects"),
      icon: <FolderKanban aria-hidden="true" />,
    },
    { href: "/admin/users", label: t("adminUsers"), icon: <Users aria-hidden="true" /> },
    { href: "/admin/audit", label: t("adminAudit"), icon: <ScrollText aria-hidden="true" /> },
    { href: "/admin/settings", label: t("adminSettings"), icon: <Settings aria-hidden="true" /> },
    { href: "/admin/health", label: t("adminHealth"), icon: <HeartPulse aria-hidden="true" /> },
  ];
}

/** What the command palette offers besides VMs: pages, then things to do, then projects. */
export function usePalettePages(
  current: ShellProject | null,
  projects: readonly ShellProject[],
  seesAdmin: boolean,
): PalettePage[] {
  const t = useTranslations("nav");
  const portal = useProjectItems(current);
  const admin = useAdminItems();
  const base = `/p/${current?.slug}`;
  const more: PalettePage[] = [
    { href: `${base}/project/members`, label: t("tabs.members"), group: "pages" },
    { href: `${base}/project/quota`, label: t("tabs.quota"), group: "pages" },
    { href: `${base}/vms/new`, label: t("palette.createVm"), group: "actions" },
    { href: `${base}/vms/import`, label: t("palette.importVm"), group: "actions" },
    { href: `${base}/images`, label: t("palette.uploadIso"), group: "actions" },
  ];
  return [
    ...portal.map(({ href, label }) => ({ href, label, group: "pages" as const })),
    ...(current === null ? [] : more),
    ...(seesAdmin ? admin : []).map(({ href, label }) => ({
      href,
      label: `${t("admin")}: ${label}`,
      group: "pages" as const,
    })),
    { href: "/account", label: t("accountSettings"), group: "pages" },
    ...projects
      .filter((project) => project.id !== current?.id)
      .map(({ slug, name }) => ({ href: `/p/${slug}`, label: name, group: "projects" as const })),
  ];
}
