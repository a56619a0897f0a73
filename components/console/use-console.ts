"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type {
  ConsoleConnection,
  ConsoleGrant,
  ConsoleState,
  GuestNow,
  OpenTicket,
} from "./connection-state";
import { type SessionPage, startSession } from "./console-session";
import { takeBegun } from "./head-start";
import type { Viewer, ViewSettings } from "./viewer";

interface UseConsoleOptions {
  guest: GuestNow;
  removed: boolean;
  /** What else of the page speaks to the portal is heard: worth a try at once. */
  portalHeard: boolean;
  openTicket: OpenTicket;
  /** The console's own path, under which a link may have begun it; null where none does. */
  begunAs: string | null;
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
    const { begunAs, guest: first, target } = latest.current;
    const page: SessionPage = {
      openTicket: (signal) => latest.current.openTicket(signal),
      settings: () => latest.current.settings,
      lastFrame: () => latest.current.lastFrame.current,
      onState: setState,
      onViewer(next) {
        viewer.current = next;
      },
      onGrant: (grant) => latest.current.onGrant?.(grant),
      onClipboard: (text) => latest.current.onClipboard?.(text),
      onClipped: (clipped) => latest.current.onClipped?.(clipped),
      onConnected: () => latest.current.onConnected?.(),
    };
    const session = takeBegun(begunAs) ?? startSession(page, first);
    target.current?.append(session.element);
    session.bind(page);
    connection.current = session.connection;
    return () => {
      connection.current = null;
      session.dispose();
      session.element.remove();
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
