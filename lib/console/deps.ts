import type { Duplex } from "node:stream";
import type { Host } from "@/lib/hypervisor/types";
import type { Actor, ActorToken } from "@/lib/policies/actor";
import type { ConsoleSession, ConsoleSessions } from "./sessions";
import type { WatchDoors } from "./watch";

/** Who did it, for the record: a visitor by a link is nobody's user. */
export interface ConsoleAuthor {
  userId: string | null;
  name: string;
  ip: string;
  token: Pick<ActorToken, "id"> | null;
}

/** What the record of a console says. */
export interface ConsoleAudit {
  action: "console.open" | "console.close";
  actor: ConsoleAuthor;
  session: ConsoleSession;
  /** Facts without secrets: who ended it, close code, bytes each way, seconds. */
  detail: Record<string, string | number | boolean>;
}

/** Who was refused a console, and by which error. */
export interface ConsoleRefusal {
  actor: ConsoleAuthor | null;
  ip: string;
  error: unknown;
}

/** A way to a socket of another machine. */
export interface Tunnel {
  /** Its near end. */
  path: string;
  /** What the program that carries it has complained about. */
  complaint(): string;
  close(): void;
}

/** The doors that consoles need to the rest of the portal. */
export interface ConsoleDeps extends WatchDoors {
  /** Who sent the request, from its token or cookie; asked again before a console is opened. */
  actorOf(facts: {
    authorization: string | undefined;
    cookie: string | undefined;
    ip: string;
    userAgent: string | undefined;
  }): Promise<Actor | null>;
  /** The live VNC socket of a guest and the start it belongs to. */
  consoleEndpoint(
    host: Host,
    uuid: string,
  ): Promise<{
    path: string;
    bootId: string;
    /** Opens a way to the socket where it is on another machine. */
    tunnel?(signal: AbortSignal): Promise<Tunnel>;
  }>;
  /** The serial port of a guest and the start it belongs to; see lib/hypervisor/open-serial.ts. */
  openSerial(
    host: Host,
    uuid: string,
    how: { takeOver: boolean; signal: AbortSignal },
  ): Promise<{ stream: Duplex; bootId: string }>;
  /** `PORTICO_ORIGIN`: the only origin allowed; without it, that of the request's own Host. */
  origin: string | undefined;
  /** Between pings; that of the bridge unless given. */
  pingMs?: number;
  audit(event: ConsoleAudit): Promise<void>;
  /** Records that a console was refused; errors that are no refusals are passed over. */
  refused(event: ConsoleRefusal): Promise<void>;
  /** The registry of the process unless given. */
  sessions?: ConsoleSessions;
}
