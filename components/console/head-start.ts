import { withBase } from "@/lib/base-path";
import type { GuestNow } from "./connection-state";
import { type ConsoleSession, startSession } from "./console-session";
import { fetchTicket } from "./fetch-ticket";
import { readKeptView } from "./kept-view";
import { takePrepared } from "./prepared-ticket";
import { hasScreen } from "./verdict";
import { firstView } from "./viewer";

/** A page that has not come by then will not come. */
const patienceMs = 10_000;

interface Begun {
  href: string;
  session: ConsoleSession;
  /** A page shows it. */
  arrived: () => void;
  giveUp: ReturnType<typeof setTimeout>;
}

let begun: Begun | null = null;

/**
 * Opens a guest's screen while the browser is still on its way to the page that shows it, since
 * fetching and drawing that page takes as long as the screen itself. Where screens are recorded
 * nothing is connected before the page is there, which says so.
 */
export function beginConsole(href: string, guest: GuestNow): void {
  dropBegun();
  // On its own page the console is open already.
  if (!hasScreen(guest) || window.location.pathname === withBase(href)) return;
  let arrived: () => void = () => undefined;
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const session = startSession(
    {
      async openTicket(signal) {
        const ahead = await takePrepared(href, guest);
        const ticket = ahead ?? (await fetchTicket(`${href}/ticket`, signal));
        if (ticket.ok && ticket.value.recorded) await arrival;
        return ticket;
      },
      settings: () => ({ ...firstView, ...readKeptView() }),
      lastFrame: () => null,
      onState: () => undefined,
      onViewer: () => undefined,
      onGrant: () => undefined,
      onClipboard: () => undefined,
      onClipped: () => undefined,
      onConnected: () => undefined,
    },
    guest,
  );
  begun = { href, session, arrived, giveUp: setTimeout(dropBegun, patienceMs) };
}

/** The session that was begun for this console, which is the caller's from now on. */
export function takeBegun(href: string | null): ConsoleSession | null {
  if (begun === null || begun.href !== href) return null;
  const { session, arrived, giveUp } = begun;
  begun = null;
  clearTimeout(giveUp);
  arrived();
  return session;
}

function dropBegun(): void {
  if (begun === null) return;
  clearTimeout(begun.giveUp);
  begun.session.dispose();
  begun = null;
}
