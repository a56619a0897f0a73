import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { ConsoleViewers } from "@/lib/model/console-viewer";
import type { ViewSettings } from "./viewer";

interface KeyboardHolder {
  /** Which of the VM's consoles this one is; null before it was opened. */
  consoleId: string | null;
  setConsoleId: (id: string) => void;
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
  const [consoleId, setConsoleId] = useState<string | null>(null);
  const holder = viewers.find((each) => each.id === control);
  const mutedBy = holder && holder.id !== consoleId ? holder.name : null;
  const viewOnly = settings.viewOnly || mutedBy !== null;
  const shownSettings = useMemo(() => ({ ...settings, viewOnly }), [settings, viewOnly]);
  const own = settings.viewOnly ? t("viewOnly") : null;
  const whyWatching = mutedBy === null ? own : t("muted", { name: mutedBy });
  return { consoleId, setConsoleId, shownSettings, whyWatching };
}
