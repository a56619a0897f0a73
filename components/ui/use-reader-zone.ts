import { useTimeZone } from "next-intl";
import { useSyncExternalStore } from "react";

const never = () => () => undefined;
const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The reader's own time zone; the server's until the page has come to life. */
export function useReaderZone(): string {
  const ofServer = useTimeZone() ?? "UTC";
  return useSyncExternalStore(never, browserZone, () => ofServer);
}
