"use client";

import { ClipboardPaste, Eraser, Keyboard, Maximize, Minimize } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BarButton } from "@/components/console/bar-button";
import { PopOutLink } from "@/components/console/pop-out-link";
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu";

/** Keys that a phone does not have, or that the browser keeps for itself. */
const keys = [
  ["Ctrl-C", "\x03"],
  ["Ctrl-D", "\x04"],
  ["Ctrl-Z", "\x1a"],
  ["Ctrl-L", "\x0c"],
  ["Ctrl-W", "\x17"],
  ["Esc", "\x1b"],
  ["Tab", "\t"],
  ["↑", "\x1b[A"],
  ["↓", "\x1b[B"],
] as const;

interface SerialBarProps {
  status: ReactNode;
  power: ReactNode;
  live: boolean;
  onType: (text: string) => void;
  onPaste: () => void;
  onClear: () => void;
  /** Of the terminal, which a serial line cannot tell the guest by itself. */
  size: () => { columns: number; rows: number };
  fullScreen: boolean;
  onFullScreen: () => void;
  /** Null in a tab of its own. */
  popOutHref: string | null;
}

/** Everything that can be done beside the terminal. */
export function SerialBar(props: SerialBarProps) {
  const { live, fullScreen, popOutHref, onType } = props;
  const t = useTranslations("console");
  return (
    <div
      role="toolbar"
      aria-label={t("serial.toolbar")}
      className="flex shrink-0 flex-wrap items-center gap-x-1 gap-y-0.5 border-line border-b bg-surface px-2 py-1"
    >
      <div className="flex min-h-8 min-w-0 grow basis-full items-center gap-2 px-1 @3xl:basis-0">
        {props.status}
      </div>
      {props.power}
      <span data-keyboard-home className="contents">
        <Menu
          variant="ghost"
          size="sm"
          className="px-2"
          label={t("serial.keysLabel")}
          trigger={
            <>
              <Keyboard aria-hidden="true" />
              <span>{t("serial.keys")}</span>
            </>
          }
        >
          {live ? (
            <>
              {keys.map(([label, text]) => (
                <MenuItem key={label} onSelect={() => onType(text)}>
                  {label}
                </MenuItem>
              ))}
              <MenuItem
                onSelect={() => {
                  const { columns, rows } = props.size();
                  onType(`stty rows ${rows} columns ${columns}\r`);
                }}
              >
                {t("serial.size")}
              </MenuItem>
            </>
          ) : (
            <MenuLabel>{t("off.bodyGone")}</MenuLabel>
          )}
        </Menu>
      </span>
      <BarButton label={t("serial.paste")} disabled={!live} onClick={props.onPaste}>
        <ClipboardPaste aria-hidden="true" />
      </BarButton>
      <BarButton label={t("serial.clear")} onClick={props.onClear}>
        <Eraser aria-hidden="true" />
      </BarButton>
      <BarButton
        label={t(fullScreen ? "bar.leaveFullScreen" : "bar.fullScreen")}
        pressed={fullScreen}
        onClick={props.onFullScreen}
      >
        {fullScreen ? <Minimize aria-hidden="true" /> : <Maximize aria-hidden="true" />}
      </BarButton>
      {popOutHref !== null && !fullScreen && <PopOutLink href={popOutHref} />}
    </div>
  );
}
