"use client";

import type { Terminal } from "@xterm/xterm";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type {
  ConsoleConnection,
  ConsoleState,
  GuestNow,
} from "@/components/console/connection-state";
import { fetchTicket } from "@/components/console/fetch-ticket";
import { runConnection } from "@/components/console/run-connection";
import { attachTerminal, type SerialAttachment } from "./attach-terminal";
import { makeTerminal, type SerialTerminal } from "./make-terminal";

interface UseSerialOptions {
  guest: GuestNow;
  removed: boolean;
  /** What else of the page speaks to the portal is heard: worth a try at once. */
  portalHeard: boolean;
  /** Where tickets are given out. */
  ticketHref: string;
  place: RefObject<HTMLElement | null>;
  /** Of the terminal, for screen readers. */
  label: string;
  onFull: () => void;
  onConnected: () => void;
}

interface UseSerial {
  state: ConsoleState;
  terminal: RefObject<Terminal | null>;
  /** Sends text as if it was typed. */
  type: (text: string) => void;
  retryNow: () => void;
  takeOver: () => void;
}

/** Keeps one terminal on a guest's serial port for as long as the page is open. */
export function useSerial(options: UseSerialOptions): UseSerial {
  const { guest, removed, portalHeard } = options;
  const [state, setState] = useState<ConsoleState>({ phase: "idle" });
  const connection = useRef<ConsoleConnection | null>(null);
  const terminal = useRef<Terminal | null>(null);
  const attached = useRef<SerialAttachment | null>(null);
  const force = useRef(false);
  // What callbacks need is read when they run: a new render must not cost the connection.
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    const { place, label } = latest.current;
    if (!place.current) return;
    const own = keepTerminal(place.current, label, terminal);
    const { made, dispose } = runConnection(
      {
        async openTicket(signal) {
          const query = force.current ? "?takeOver=1" : "";
          force.current = false;
          const ticket = fetchTicket(`${latest.current.ticketHref}${query}`, signal);
          const [answer] = await Promise.all([ticket, own.ready()]);
          return answer;
        },
        attach(socket, events) {
          if (!terminal.current) throw new Error("the terminal has no place on the page");
          const joined = attachTerminal(socket, terminal.current, {
            ...events,
            connected() {
              events.connected();
              latest.current.onConnected();
            },
            full: () => latest.current.onFull(),
          });
          attached.current = joined;
          return {
            probe: joined.probe,
            detach() {
              joined.detach();
              if (attached.current === joined) attached.current = null;
            },
          };
        },
      },
      latest.current.guest,
      setState,
    );
    connection.current = made;
    return () => {
      connection.current = null;
      dispose();
      own.dispose();
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

  const type = useCallback((text: string) => attached.current?.type(text), []);
  const retryNow = useCallback(() => connection.current?.retryNow(), []);
  const takeOver = useCallback(() => {
    force.current = true;
    connection.current?.retryNow();
  }, []);
  return { state, terminal, type, retryNow, takeOver };
}

/** One terminal for all connections, so that what was said stays; its code may fail to come. */
function keepTerminal(
  place: HTMLElement,
  label: string,
  shown: RefObject<Terminal | null>,
): { ready(): Promise<void>; dispose(): void } {
  let made: SerialTerminal | null = null;
  let making: Promise<void> | null = null;
  let over = false;
  async function make(): Promise<void> {
    try {
      made = await makeTerminal(place, label);
      if (over) made.dispose();
      else shown.current = made.terminal;
    } catch (error) {
      making = null;
      throw error;
    }
  }
  return {
    ready() {
      making ??= make();
      return making;
    },
    dispose() {
      over = true;
      shown.current = null;
      made?.dispose();
    },
  };
}
