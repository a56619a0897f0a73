"use client";

import { useFormatter, useNow } from "next-intl";

const TICK_MS = 30_000;

/** "3 minutes ago", kept fresh; the exact time in the tooltip. */
export function TimeAgo({ at }: { at: string }) {
  const format = useFormatter();
  const now = useNow({ updateInterval: TICK_MS });
  const date = new Date(at);
  // A server clock that is ahead must not read "in 2 seconds".
  const shown = date > now ? now : date;
  return (
    <time dateTime={at} title={format.dateTime(date, { dateStyle: "medium", timeStyle: "medium" })}>
      {format.relativeTime(shown, now)}
    </time>
  );
}
