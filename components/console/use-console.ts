"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type {
  ConsoleConnection,
  ConsoleGrant,
  ConsoleState,
  GuestNow,
  OpenTicket,
} from "./connection-state";
import { loadNoVnc } from "./no-vnc";
import { runConnection } from "./run-connection";
import { attachViewer, type Viewer, type ViewSettings } from "./viewer";

interface UseConsoleOptions {
  guest: GuestNow;
  removed: boolean;
  /** What else of the page speaks to the portal is heard: worth a try at once. */
  portalHeard: boolean;
  openTicket: OpenTicket;
  settings: ViewSettings;
  target: RefObject<HTMLElement | null>;
  lastFrame: RefObject<HTMLCanvasElement | null>;
  /** What the portal has given for the connection that comes next. */
  onGrant?: (grant: ConsoleGrant) => void;
  onClipboard?: (text: string) => void;
  onClipped?: (clipped: boolean) => void;
  onConnected?: () => void;
}

interface UseConsole {
  state: ConsoleState;
  /** The live picture; null while there is none. */
  viewer: RefObject<Viewer | null>;
  retryNow: () => void;
}

/** Keeps one console of a guest open for as long as the page is. */
export function useConsole(options: UseConsoleOptions): UseConsole {
  const { guest, removed, portalHeard, settings } = options;
  const [state, setState] = useState<ConsoleState>({ phase: "idle" });
  const connection = useRef<ConsoleConnection | null>(null);
  const viewer = useRef<Viewer | null>(null);
  // What callbacks need is read when they run: a new render must not cost the connection.
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    const { made, dispose } = start(latest, viewer, setState);
    connection.current = made;
    return () => {
      connection.current = null;
      dispose();
    };
  }, []);

  const { state: vmState, bootId } = guest;
  useEffect(() => {
    if (removed) connection.current?.guestRemoved();
    else connection.current?.guestChanged({ state: vmState, bootId });
  }, [removed, vmState, bootId]);

  useEffect(() => {
    if (portalHeard) connection.current?.networkReturned();
  }, [portalHeard]);

  useEffect(() => viewer.current?.apply(settings), [settings]);

  const retryNow = useCallback(() => connection.current?.retryNow(), []);
  return { state, viewer, retryNow };
}

function start(
  latest: RefObject<UseConsoleOptions>,
  viewer: RefObject<Viewer | null>,
  setState: (state: ConsoleState) => void,
): { made: ConsoleConnection; dispose: () => void } {
  let Rfb: Awaited<ReturnType<typeof loadNoVnc>>["default"] | null = null;

  return runConnection(
    {
      async openTicket(signal) {
        // Together, so that the first picture waits for the slower of the two alone.
        const [ticket, noVnc] = await Promise.all([latest.current.openTicket(signal), loadNoVnc()]);
        Rfb = noVnc.default;
        if (ticket.ok) latest.current.onGrant?.(ticket.value);
        return ticket;
      },
      attach(socket, events) {
        const target = latest.current.target.current;
        const lastFrame = latest.current.lastFrame.current;
        if (!Rfb || !target || !lastFrame) throw new Error("the console has no place on the page");
        const place = {
          target,
          lastFrame,
          settings: () => latest.current.settings,
          touch: window.matchMedia("(pointer: coarse)").matches,
        };
        const attached = attachViewer(Rfb, socket, place, {
          ...events,
          connected() {
            viewer.current = attached;
            events.connected();
            latest.current.onConnected?.();
          },
          clipboard: (text) => latest.current.onClipboard?.(text),
          clipped: (clipped) => latest.current.onClipped?.(clipped),
        });
        return {
          probe: attached.probe,
          detach() {
            if (viewer.current === attached) viewer.current = null;
            attached.detach();
          },
        };
      },
    },
    latest.current.guest,
    setState,
  );
}
