"use client";

import { Keyboard, KeyboardOff, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu";
import type { ConsoleViewer, ConsoleViewers } from "@/lib/model/console-viewer";

interface ViewersMenuProps {
  consoles: ConsoleViewers;
  /** Which of them this is; null before it is open. */
  own: string | null;
  /** Lets one alone type; null lets all. */
  onControl: (consoleId: string | null) => void;
}

/** Who is at the VM's consoles, and which of them has the keyboard; shown once there are others. */
export function ViewersMenu({ consoles, own, onControl }: ViewersMenuProps) {
  const t = useTranslations("console.viewers");
  const { viewers, control } = consoles;
  if (viewers.length < 2 && control === null) return null;
  const nameOf = (viewer: ConsoleViewer) =>
    viewer.id === own ? t("you", { name: viewer.name }) : viewer.name;
  const doing = (viewer: ConsoleViewer) => {
    if (viewer.kind === "serial") return t("serial");
    const watches = viewer.viewOnly || (control !== null && control !== viewer.id);
    if (viewer.via !== "member") return t(viewer.via);
    return watches ? t("watches") : t("types");
  };
  const typists = viewers.filter((each) => each.kind === "screen" && !each.viewOnly);
  return (
    <Menu
      variant="ghost"
      size="sm"
      className="px-2"
      label={t("label", { count: viewers.length })}
      trigger={
        <>
          <Users aria-hidden="true" />
          <span>{viewers.length}</span>
        </>
      }
    >
      <MenuLabel>{t("here")}</MenuLabel>
      {viewers.map((viewer) => (
        <p key={viewer.id} className="flex justify-between gap-6 px-2.5 py-1 text-13">
          <span className="min-w-0 truncate">{nameOf(viewer)}</span>
          <span className="shrink-0 text-muted">{doing(viewer)}</span>
        </p>
      ))}
      <MenuLabel>{t("keyboard")}</MenuLabel>
      <MenuItem
        icon={<Users aria-hidden="true" />}
        checked={control === null}
        onSelect={() => onControl(null)}
      >
        {t("all")}
      </MenuItem>
      {typists.map((viewer) => (
        <MenuItem
          key={viewer.id}
          icon={
            control === null || control === viewer.id ? (
              <Keyboard aria-hidden="true" />
            ) : (
              <KeyboardOff aria-hidden="true" />
            )
          }
          checked={control === viewer.id}
          onSelect={() => onControl(viewer.id)}
        >
          {viewer.id === own ? t("onlyYou") : t("only", { name: viewer.name })}
        </MenuItem>
      ))}
    </Menu>
  );
}
