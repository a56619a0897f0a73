"use client";

import {
  BellRing,
  Camera,
  ClipboardList,
  Eye,
  Hand,
  Maximize,
  Minimize,
  ScanText,
  Share2,
  TextCursorInput,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ViewSettings } from "./viewer";

export interface ToolState {
  live: boolean;
  settings: ViewSettings;
  onSettings: (settings: ViewSettings) => void;
  /** The picture is larger than its place and can be moved. */
  canPan: boolean;
  fullScreen: boolean;
  onFullScreen: () => void;
  onType: () => void;
  onClipboard: () => void;
  /** Null when the person may not. */
  onShare: (() => void) | null;
  onScreenshot: () => void;
  onReadText: () => void;
  /** Null when the person may have nothing watched. */
  onWatch: (() => void) | null;
}

export interface Tool {
  id: string;
  label: string;
  icon: ReactNode;
  /** Given for toggles. */
  pressed?: boolean;
  disabledReason: string | null;
  onSelect: () => void;
}

/** What can be done with the picture: buttons where there is room, else items of a menu. */
export function useTools(from: ToolState): Tool[] {
  const t = useTranslations("console");
  const { live, settings, onSettings, canPan, fullScreen } = from;
  const change = (part: Partial<ViewSettings>) => onSettings({ ...settings, ...part });

  const pan: Tool = {
    id: "pan",
    label: t("bar.pan"),
    icon: <Hand aria-hidden="true" />,
    pressed: settings.pan,
    disabledReason: null,
    onSelect: () => change({ pan: !settings.pan }),
  };
  const share = (onSelect: () => void): Tool => ({
    id: "share",
    label: t("bar.share"),
    icon: <Share2 aria-hidden="true" />,
    disabledReason: null,
    onSelect,
  });
  return [
    ...(canPan ? [pan] : []),
    {
      id: "view-only",
      label: t("bar.viewOnly"),
      icon: <Eye aria-hidden="true" />,
      pressed: settings.viewOnly,
      disabledReason: null,
      onSelect: () => change({ viewOnly: !settings.viewOnly }),
    },
    {
      id: "type",
      label: t("bar.type"),
      icon: <TextCursorInput aria-hidden="true" />,
      disabledReason: null,
      onSelect: from.onType,
    },
    {
      id: "clipboard",
      label: t("bar.clipboard"),
      icon: <ClipboardList aria-hidden="true" />,
      disabledReason: null,
      onSelect: from.onClipboard,
    },
    ...(from.onShare ? [share(from.onShare)] : []),
    {
      id: "screenshot",
      label: t("bar.screenshot"),
      icon: <Camera aria-hidden="true" />,
      disabledReason: live ? null : t("off.bodyGone"),
      onSelect: from.onScreenshot,
    },
    {
      id: "text",
      label: t("bar.text"),
      icon: <ScanText aria-hidden="true" />,
      disabledReason: live ? null : t("off.bodyGone"),
      onSelect: from.onReadText,
    },
    ...(from.onWatch === null
      ? []
      : [
          {
            id: "watch",
            label: t("bar.watch"),
            icon: <BellRing aria-hidden="true" />,
            disabledReason: null,
            onSelect: from.onWatch,
          },
        ]),
    {
      id: "full-screen",
      label: t(fullScreen ? "bar.leaveFullScreen" : "bar.fullScreen"),
      icon: fullScreen ? <Minimize aria-hidden="true" /> : <Maximize aria-hidden="true" />,
      disabledReason: null,
      onSelect: from.onFullScreen,
    },
  ];
}
