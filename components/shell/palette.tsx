"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ChooseDialog } from "./choose-dialog";
import { useLiveVms } from "./live-provider";
import type { PaletteEntry } from "./search-entries";

export interface PalettePage {
  href: string;
  label: string;
  group: "pages" | "actions" | "projects";
}

interface PaletteProps {
  projectSlug: string | null;
  pages: PalettePage[];
  onClose: () => void;
}

const noVms = [] as const;

/** Everything that has an address, by typing a part of its name. */
export function Palette({ projectSlug, pages, onClose }: PaletteProps) {
  const t = useTranslations("nav");
  const vms = useLiveVms(noVms);

  const entries = useMemo<PaletteEntry[]>(() => {
    const base = `/p/${projectSlug}/vms`;
    return [
      ...vms.map((vm) => ({
        group: "vms" as const,
        label: vm.name,
        detail: vm.addresses[0] ?? "",
        href: `${base}/${vm.id}`,
      })),
      ...pages.map((page) => ({ ...page, detail: "" })),
      ...vms.map((vm) => ({
        group: "actions" as const,
        label: t("palette.openConsole", { name: vm.name }),
        detail: "",
        href: `${base}/${vm.id}/console`,
      })),
    ];
  }, [vms, pages, projectSlug, t]);

  return (
    <ChooseDialog
      title={t("palette.title")}
      placeholder={t("palette.placeholder")}
      empty={(query) => t("palette.empty", { query })}
      entries={entries}
      kinds
      onClose={onClose}
    />
  );
}
