"use client";

import { ChevronsUpDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Menu, MenuItem } from "@/components/ui/menu";

export interface ShellProject {
  id: string;
  slug: string;
  name: string;
}

interface ProjectSwitcherProps {
  projects: ShellProject[];
  current: ShellProject | null;
}

/** The open project's name; a menu as soon as there is another one. */
export function ProjectSwitcher({ projects, current }: ProjectSwitcherProps) {
  const t = useTranslations("nav");
  const router = useRouter();
  const name = current?.name ?? t("noProject");
  if (projects.length < 2) {
    return (
      <p className="truncate px-2.5 text-13">
        <span className="block text-muted text-xs">{t("project")}</span>
        <span className="font-medium">{name}</span>
      </p>
    );
  }
  return (
    <Menu
      label={t("switchProject")}
      align="start"
      className="w-full justify-between px-2.5"
      trigger={
        <>
          <span className="truncate">{name}</span>
          <ChevronsUpDown aria-hidden="true" className="text-muted" />
        </>
      }
    >
      {projects.map((project) => (
        <MenuItem
          key={project.id}
          checked={project.id === current?.id}
          onSelect={() => router.push(`/p/${project.slug}/vms`)}
        >
          {project.name}
        </MenuItem>
      ))}
    </Menu>
  );
}
