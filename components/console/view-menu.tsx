"use client";

import { Expand, Fullscreen, MonitorCog } from "lucide-react";
import { useTranslations } from "next-intl";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { LinkView } from "./measured-picture";
import type { PictureChoice } from "./picture";
import { PictureItems } from "./picture-items";

interface ViewMenuProps {
  fit: boolean;
  onFit: (fit: boolean) => void;
  /** The guest's screen follows the window. */
  resize: boolean;
  /** Why it cannot; null when it can. */
  noResize: string | null;
  onResize: (resize: boolean) => void;
  picture: PictureChoice;
  link: () => LinkView | null;
  onPicture: (picture: PictureChoice) => void;
}

/** How large the picture is, and what it may cost. */
export function ViewMenu(props: ViewMenuProps) {
  const { fit, onFit, resize, noResize, onResize } = props;
  const t = useTranslations("console.view");
  return (
    <Menu
      variant="ghost"
      size="icon"
      label={t("label")}
      trigger={<MonitorCog aria-hidden="true" />}
    >
      <MenuItem icon={<Fullscreen aria-hidden="true" />} checked={fit} onSelect={() => onFit(true)}>
        {t("fit")}
      </MenuItem>
      <MenuItem icon={<Expand aria-hidden="true" />} checked={!fit} onSelect={() => onFit(false)}>
        {t("actual")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<MonitorCog aria-hidden="true" />}
        checked={resize && noResize === null}
        disabledReason={noResize}
        hint={t("resizeHint")}
        onSelect={() => onResize(!resize)}
      >
        {t("resize")}
      </MenuItem>
      <MenuSeparator />
      <PictureItems picture={props.picture} link={props.link} onPicture={props.onPicture} />
    </Menu>
  );
}
