"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ChooseDialog } from "./choose-dialog";
import type { ShellProject } from "./project-switcher";
import type { PaletteEntry } from "./search-entries";

interface ProjectPickerProps {
  projects: ShellProject[];
  onClose: () => void;
}

/** Many projects, found by typing a part of the name. */
export function ProjectPicker({ projects, onClose }: ProjectPickerProps) {
  const t = useTranslations("nav");
  const entries = useMemo<PaletteEntry[]>(
    () =>
      projects.map(({ slug, name }) => ({
        group: "projects",
        label: name,
        detail: slug,
        href: `/p/${slug}`,
      })),
    [projects],
  );
  return (
    <ChooseDialog
      title={t("switchProject")}
      placeholder={t("findProject")}
      empty={() => t("noSuchProject")}
      entries={entries}
      onClose={onClose}
    />
  );
}
