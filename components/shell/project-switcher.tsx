"use client";

import { ChevronsUpDown } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";

const ProjectPicker = dynamic(
  () => import("./project-picker").then((module) => module.ProjectPicker),
  { ssr: false },
);

/** More than a menu shows at a glance: from here on one types. */
const menuHolds = 8;

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
  const [picking, setPicking] = useState(false);
  const name = current?.name ?? t("noProject");
  if (projects.length < 2) {
    return (
      <p className="truncate px-2.5 text-13">
        <span className="block text-muted text-xs">{t("project")}</span>
        <span className="font-medium">{name}</span>
      </p>
    );
  }
  const look = "w-full justify-between px-2.5";
  const trigger = (
    <>
      <span className="truncate">{name}</span>
      <ChevronsUpDown aria-hidden="true" className="text-muted" />
    </>
  );
  if (projects.length > menuHolds) {
    return (
      <>
        <Button
          aria-label={t("switchProjectFrom", { name })}
          aria-haspopup="dialog"
          className={look}
          onClick={() => setPicking(true)}
        >
          {trigger}
        </Button>
        {picking && <ProjectPicker projects={projects} onClose={() => setPicking(false)} />}
      </>
    );
  }
  return (
    <Menu label={t("switchProjectFrom", { name })} align="start" className={look} trigger={trigger}>
      {projects.map((project) => (
        <MenuItem
          key={project.id}
          checked={project.id === current?.id}
          onSelect={() => router.push(`/p/${project.slug}`)}
        >
          {project.name}
        </MenuItem>
      ))}
    </Menu>
  );
}
