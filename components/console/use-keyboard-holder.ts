import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { ConsoleViewers } from "@/lib/model/console-viewer";
import type { ConsoleGrant } from "./connection-state";
import type { ViewSettings } from "./viewer";

interface KeyboardHolder {
  /** Which of the VM's consoles this one is; null before it was opened. */
  consoleId: string | null;
  setGrant: (grant: ConsoleGrant) => void;
  /** Settings of the viewer: it takes no input where the portal would drop it. */
  shownSettings: ViewSettings;
  /** Why keys and clicks do not go to the guest; null when they do. */
  whyWatching: string | null;
}

/** Whether this console may type, by its own settings and by who has the keyboard. */
export function useKeyboardHolder(
  { viewers, control }: ConsoleViewers,
  settings: ViewSettings,
): KeyboardHolder {
  const t = useTranslations("console.hint");
  const [grant, setGrant] = useState<ConsoleGrant | null>(null);
  const consoleId = grant?.consoleId ?? null;
  const barred = grant?.viewOnly === true;
  const holder = viewers.find((each) => each.id === control);
  const mutedBy = holder && holder.id !== consoleId ? holder.name : null;
  const viewOnly = settings.viewOnly || barred || mutedBy !== null;
  const shownSettings = useMemo(() => ({ ...settings, viewOnly }), [settings, viewOnly]);
  const own = settings.viewOnly ? t("viewOnly") : null;
  const unbarred = mutedBy === null ? own : t("muted", { name: mutedBy });
  const whyWatching = barred ? t("administrator") : unbarred;
  return { consoleId, setGrant, shownSettings, whyWatching };
}
