"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { toast } from "@/components/ui/toast";
import type { WatchView } from "@/lib/model/watch/watch";
import { awaitWatchNoMore, isNews } from "./awaited-watches";
import { useFiredWatches } from "./live-provider";

/**
 * Tells whoever made a watch that it has fired: on the page, and by the desktop where allowed; what
 * has fired while no page was open, when one is opened.
 */
export function WatchNotices() {
  const t = useTranslations("console.watch");
  const fired = useFiredWatches();

  useEffect(() => {
    for (const watch of fired) {
      if (watch.ended !== null) awaitWatchNoMore(watch.id);
      if (!isNews(`${watch.id}-${watch.fires}`)) continue;
      const title = t("fired", { vm: watch.vmName, name: watch.name });
      // Names of what is waited for may end with a colon themselves.
      const what = title.replace(/[:：]$/, "");
      toast.info(watch.firedText === null ? title : `${what}: ${watch.firedText}`);
      onDesktop(watch, title);
    }
  }, [fired, t]);
  return null;
}

function onDesktop(watch: WatchView, title: string): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  try {
    new Notification(title, { body: watch.firedText ?? "", tag: watch.id });
  } catch {
    // Android's browsers have notices by service workers only.
  }
}
