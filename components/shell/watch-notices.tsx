"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { toast } from "@/components/ui/toast";
import type { WatchView } from "@/lib/model/watch/watch";
import { useFiredWatches } from "./live-provider";

/** Tells whoever made a watch that it has fired: on the page, and by the desktop where allowed. */
export function WatchNotices() {
  const t = useTranslations("console.watch");
  const fired = useFiredWatches();
  const told = useRef(new Set<string>());

  useEffect(() => {
    for (const watch of fired) {
      const key = `${watch.id}-${watch.fires}`;
      if (told.current.has(key)) continue;
      told.current.add(key);
      const title = t("fired", { vm: watch.vmName, name: watch.name });
      toast.info(watch.firedText === null ? title : `${title}: ${watch.firedText}`);
      onDesktop(watch, title);
    }
  }, [fired, t]);
  return null;
}

function onDesktop(watch: WatchView, title: string): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  try {
    // The same tag in several tabs is one notice.
    new Notification(title, { body: watch.firedText ?? "", tag: `${watch.id}-${watch.fires}` });
  } catch {
    // Android's browsers have notices by service workers only.
  }
}
