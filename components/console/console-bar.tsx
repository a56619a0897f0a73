"use client";

import { Disc3, Ellipsis, ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { withBase } from "@/lib/base-path";
import { BarButton } from "./bar-button";
import { KeyMenu } from "./key-menu";
import { ctrlAltDelete, type KeyCombo } from "./keys";
import { PopOutLink } from "./pop-out-link";
import { type Tool, type ToolState, useTools } from "./use-tools";

interface ConsoleBarProps extends ToolState {
  status: ReactNode;
  power: ReactNode;
  /** Who else is here; nothing while nobody is. */
  viewers: ReactNode;
  /** How the picture is shown. */
  view: ReactNode;
  /** Why keys and clicks do not go to the guest; null when they do. */
  whyWatching: string | null;
  onPress: (combo: KeyCombo) => void;
  ownCombos: readonly KeyCombo[];
  onEditOwn: () => void;
  /** Name of what is in the drive; null when there is nothing to eject. */
  media: string | null;
  onEject: () => void;
  ejecting: boolean;
  /** What the guest starts from. */
  start: ReactNode;
  /** Null in a tab of its own. */
  popOutHref: string | null;
}

/** Everything that can be done beside the screen. On a phone most of it is in a menu. */
export function ConsoleBar(props: ConsoleBarProps) {
  const { live, fullScreen, media, onPress } = props;
  const t = useTranslations("console");
  const tools = useTools(props);
  const screenless = live ? null : t("off.bodyGone");
  const noInput = screenless ?? props.whyWatching;
  const popOutHref = fullScreen ? null : props.popOutHref;

  return (
    <div
      role="toolbar"
      aria-label={t("toolbar")}
      className="flex shrink-0 flex-wrap items-center gap-x-1 gap-y-0.5 border-line border-b bg-surface px-2 py-1"
    >
      <div className="flex min-h-8 min-w-0 grow basis-full items-center gap-2 px-1 @3xl:basis-0">
        {props.status}
      </div>
      {props.viewers}
      {media !== null && (
        <Button
          variant="ghost"
          size="sm"
          busy={props.ejecting}
          title={t("bar.eject", { image: media })}
          icon={<Disc3 aria-hidden="true" />}
          onClick={props.onEject}
          className="px-2"
        >
          <span className="sr-only @sm:not-sr-only">{t("bar.ejectShort")}</span>
        </Button>
      )}
      {props.start}
      {props.power}
      <Button
        variant="ghost"
        size="sm"
        disabled={noInput !== null}
        onClick={() => onPress(ctrlAltDelete)}
        className="@max-2xl:hidden px-2"
      >
        {t("bar.ctrlAltDel")}
      </Button>
      <span data-keyboard-home className="contents">
        <KeyMenu
          disabledReason={noInput}
          own={props.ownCombos}
          onPress={onPress}
          onEditOwn={props.onEditOwn}
        />
      </span>
      {props.view}
      <ToolButtons tools={tools} popOutHref={popOutHref} />
      <ToolMenu tools={tools} popOutHref={popOutHref} />
    </div>
  );
}

interface ToolsProps {
  tools: readonly Tool[];
  popOutHref: string | null;
}

function ToolButtons({ tools, popOutHref }: ToolsProps) {
  return (
    <div className="hidden items-center gap-1 @2xl:flex">
      <span aria-hidden="true" className="mx-1 h-5 border-line border-l" />
      {tools.map(({ id, label, icon, pressed, disabledReason, onSelect }) => (
        <BarButton
          key={id}
          label={label}
          pressed={pressed}
          disabled={disabledReason !== null}
          onClick={onSelect}
        >
          {icon}
        </BarButton>
      ))}
      {popOutHref !== null && <PopOutLink href={popOutHref} />}
    </div>
  );
}

function ToolMenu({ tools, popOutHref }: ToolsProps) {
  const t = useTranslations("console");
  return (
    <div className="ml-auto @2xl:hidden">
      <Menu
        variant="ghost"
        size="icon"
        label={t("bar.more")}
        trigger={<Ellipsis aria-hidden="true" />}
      >
        {tools.map(({ id, label, icon, pressed, disabledReason, onSelect }) => (
          <MenuItem
            key={id}
            icon={icon}
            checked={pressed}
            disabledReason={disabledReason}
            onSelect={onSelect}
          >
            {label}
          </MenuItem>
        ))}
        {popOutHref !== null && (
          <MenuItem
            icon={<ExternalLink aria-hidden="true" />}
            onSelect={() => window.open(withBase(popOutHref), "_blank", "noopener")}
          >
            {t("bar.popOut")}
          </MenuItem>
        )}
      </Menu>
    </div>
  );
}
