import { openedProtocol } from "@/lib/model/console-protocols";
import type {
  AttachmentEvents,
  ConsoleConnection,
  ConsoleGrant,
  ConsoleState,
  GuestNow,
  OpenTicket,
} from "./connection-state";
import { loadNoVnc, type NoVnc } from "./no-vnc";
import { levelFor } from "./picture-level";
import { runConnection } from "./run-connection";
import { openScreenChannel, type ScreenChannel } from "./screen-channel";
import { attachViewer, type Viewer, type ViewSettings } from "./viewer";

/** What a console asks of the page that shows it, and tells it; read when it is needed. */
export interface SessionPage {
  openTicket: OpenTicket;
  settings(): ViewSettings;
  /** Gets a copy of the picture when it ends; null while no page shows it. */
  lastFrame(): HTMLCanvasElement | null;
  onState(state: ConsoleState): void;
  onViewer(viewer: Viewer | null): void;
  /** What the portal has given for the connection that comes next. */
  onGrant(grant: ConsoleGrant): void;
  onClipboard(text: string): void;
  onClipped(clipped: boolean): void;
  onConnected(): void;
}

/** One guest's screen that is kept open, with an element of its own that a page can show. */
export interface ConsoleSession {
  /** The live picture's place. */
  element: HTMLElement;
  connection: ConsoleConnection;
  /** From now on the session is this page's, which hears first how things stand. */
  bind(page: SessionPage): void;
  dispose(): void;
}

/** Opens a guest's screen and keeps it open until it is disposed of. */
export function startSession(first: SessionPage, guest: GuestNow): ConsoleSession {
  let page = first;
  let grant: ConsoleGrant | null = null;
  let viewer: Viewer | null = null;
  let clipped = false;
  const element = document.createElement("div");
  element.className = "absolute inset-0";

  const { made, dispose } = runConnection(
    {
      async openTicket(signal) {
        // On its way meanwhile; a failure shows where it is waited for.
        loadNoVnc().catch(() => undefined);
        const ticket = await page.openTicket(signal);
        if (ticket.ok) {
          grant = ticket.value;
          page.onGrant(grant);
        }
        return ticket;
      },
      offers: () => openedProtocol(levelFor(page.settings().picture)),
      attach(socket, events) {
        const channel = openScreenChannel(socket);
        let attached: Viewer | null = null;
        let over = false;
        const attachOnceLoaded = async () => {
          const noVnc = await loadNoVnc().catch(() => null);
          // The portal is away: the socket's end says so.
          if (noVnc === null) socket.close();
          if (noVnc === null || over) return;
          attached = view(noVnc.default, { socket, channel }, events);
          // It may have failed while it was being attached.
          if (over) attached.detach();
        };
        attachOnceLoaded().catch((error: unknown) => {
          reportError(error);
          events.failed("protocol");
        });
        return {
          probe: () => attached?.probe(),
          detach() {
            over = true;
            if (viewer !== null && viewer === attached) {
              viewer = null;
              page.onViewer(null);
            }
            attached?.detach();
          },
        };
      },
    },
    guest,
    (state) => page.onState(state),
  );
  function view(
    Rfb: NoVnc["default"],
    to: { socket: WebSocket; channel: ScreenChannel },
    events: AttachmentEvents,
  ): Viewer {
    const place = {
      target: element,
      lastFrame: () => page.lastFrame(),
      settings: () => page.settings(),
      touch: window.matchMedia("(pointer: coarse)").matches,
    };
    const shown = attachViewer(Rfb, to, place, {
      ...events,
      connected() {
        viewer = shown;
        page.onViewer(viewer);
        events.connected();
        page.onConnected();
      },
      clipboard: (text) => page.onClipboard(text),
      clipped(now) {
        clipped = now;
        page.onClipped(now);
      },
    });
    return shown;
  }

  return {
    element,
    connection: made,
    bind(next) {
      page = next;
      page.onState(made.getState());
      if (grant !== null) page.onGrant(grant);
      page.onClipped(clipped);
      if (viewer === null) return;
      viewer.apply(page.settings());
      page.onViewer(viewer);
      page.onConnected();
    },
    dispose,
  };
}
