import { withBase } from "@/lib/base-path";
import { createConnection } from "./connection";
import type { ConnectionDeps, ConsoleConnection, ConsoleState, GuestNow } from "./connection-state";

/** Runs a console's connection in this page: its clock, sockets, visibility and network. */
export function runConnection(
  doors: Pick<ConnectionDeps<WebSocket>, "openTicket" | "attach"> & {
    /** A sub-protocol that is offered besides. */
    offers?(): string;
  },
  guest: GuestNow,
  onState: (state: ConsoleState) => void,
): { made: ConsoleConnection; dispose: () => void } {
  const made = createConnection<WebSocket>(
    {
      ...doors,
      clock: {
        nowMs: () => performance.now(),
        after(delayMs, callback) {
          const timer = setTimeout(callback, delayMs);
          return () => clearTimeout(timer);
        },
      },
      random: Math.random,
      report: reportError,
      openSocket(path, protocols) {
        const url = new URL(withBase(path), window.location.href);
        url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
        const offered = doors.offers?.();
        return new WebSocket(url, offered === undefined ? protocols : [offered, ...protocols]);
      },
    },
    { guest, visible: !document.hidden },
  );
  const stopListening = made.subscribe(() => onState(made.getState()));
  const onVisibility = () => made.visibilityChanged(!document.hidden);
  const onOnline = () => made.networkReturned();
  document.addEventListener("visibilitychange", onVisibility);
  window.addEventListener("online", onOnline);
  made.start();
  return {
    made,
    dispose() {
      document.removeEventListener("visibilitychange", onVisibility);
      window.removeEventListener("online", onOnline);
      stopListening();
      made.dispose();
    },
  };
}
