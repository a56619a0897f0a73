"use client";

import { useFormatter } from "next-intl";
import { useReaderZone } from "./use-reader-zone";

/** An instant in the reader's own time zone, to the second. */
export function LocalTime({ at }: { at: string }) {
  const format = useFormatter();
  const timeZone = useReaderZone();
  return (
    <time dateTime={at} title={at}>
      {format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "medium", timeZone })}
    </time>
  );
}
