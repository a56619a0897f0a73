"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { ConsoleViewers } from "@/lib/model/console-viewer";
import type { VideoView } from "@/lib/model/video";
import type { KeptView } from "./kept-view";
import { type NoResize, whyNoResize } from "./resizer";
import { useKeptView } from "./use-kept-view";
import type { ViewSettings } from "./viewer";

interface UseView {
  kept: KeptView;
  keep: (part: Partial<KeptView>) => void;
  /** Why the guest's screen does not follow this window; null when it may. */
  noResize: string | null;
  /** What the viewer is told. */
  shown: ViewSettings;
}

interface ViewOf {
  settings: ViewSettings;
  /** Null while nothing is known of the VM's graphics. */
  video: VideoView | null;
  consoles: ConsoleViewers;
  /** Which of the consoles this one is. */
  own: string | null;
  /** Why nothing of this console reaches the guest; null when it does. */
  whyWatching: string | null;
}

/** The settings of one console with what this browser keeps for all of them. */
export function useView({ settings, video, consoles, own, whyWatching }: ViewOf): UseView {
  const t = useTranslations("console");
  const models = useTranslations("vm.video.models");
  const [kept, keep] = useKeptView();
  const found = whyNoResize({ video, consoles, own, watching: whyWatching !== null });
  const resize = kept.resize && found === null;
  const { picture } = kept;
  const shown = useMemo(() => ({ ...settings, resize, picture }), [settings, resize, picture]);

  function say(no: NoResize): string | null {
    if (no.why === "off") return t("off.bodyGone");
    if (no.why === "watching") return whyWatching;
    if (no.why === "other") return t("view.follows", { name: no.name });
    const model = models(video?.now ?? "none");
    return t(no.next ? "view.deviceNext" : "view.device", { model });
  }

  return { kept, keep, noResize: found && say(found), shown };
}
