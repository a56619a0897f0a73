import type { ConsoleVia } from "@/lib/model/console-viewer";
import { once } from "@/lib/runtime/once";
import type { CloseWith } from "@/lib/websockify";
import type { ConsoleKind } from "./ticket";

/** Visitors by links have places of their own: they keep nobody from his guest. */
export const consoleLimits = { perVm: 4, perUser: 20, visitorsPerVm: 8, perVisit: 2 } as const;

/** One console that is open or being opened: who looks at which start of which guest. */
export interface ConsoleSession {
  id: string;
  vmId: string;
  vmName: string;
  projectId: string;
  hostId: string;
  /** libvirt's UUID of the guest. */
  uuid: string;
  bootId: string;
  kind: ConsoleKind;
  /** By which right he is here. */
  via: ConsoleVia;
  /** The link that a visitor came by. */
  shareId: string | null;
  /** Of a visitor `visit:` and the visit's id, and the same for the session. */
  userId: string;
  userName: string;
  sessionId: string;
  viewOnly: boolean;
  openedAt: Date;
}

/** Which consoles there are of a VM, or who types into it, has changed. */
export type ConsolesChange = Pick<ConsoleSession, "vmId" | "projectId">;

export type Cut = (close: CloseWith) => void;

/** A place among the consoles, until it is given back. */
export interface Place {
  leave: () => void;
  /** What ends the console from now on; what did before is forgotten. */
  cutBy(cut: Cut): void;
}

/** What stands against one more console: a limit, or the end of the portal. */
export type NoRoom = "vm" | "user" | "stopping";

/** The consoles of this process. */
export class ConsoleSessions {
  private readonly open = new Map<string, { readonly session: ConsoleSession; cut: Cut }>();
  /** VM id → the console that alone may type into its screen. */
  private readonly control = new Map<string, string>();
  /** VMs whose screen is being recorded. */
  private readonly recorded = new Set<string>();
  private readonly listeners = new Set<(change: ConsolesChange) => void>();
  private stopping = false;
  private allGone: () => void = () => undefined;

  /** Null when there is room. */
  noRoomFor({ vmId, userId, via }: Pick<ConsoleSession, "vmId" | "userId" | "via">): NoRoom | null {
    if (this.stopping) return "stopping";
    const byLink = via === "link";
    const there = this.list({ vmId }).filter((each) => (each.via === "link") === byLink).length;
    const { perVm, visitorsPerVm, perUser, perVisit } = consoleLimits;
    if (there >= (byLink ? visitorsPerVm : perVm)) return "vm";
    return this.count({ userId }) >= (byLink ? perVisit : perUser) ? "user" : null;
  }

  /**
   * Takes a place, before anything is connected, so that many attempts at once cannot pass the
   * limits together. Returns what gives it back, or why there is no room.
   */
  enter(session: ConsoleSession, cut: Cut): Place | { noRoom: NoRoom } {
    const noRoom = this.noRoomFor(session);
    if (noRoom !== null) return { noRoom };
    const place = { session, cut };
    this.open.set(session.id, place);
    this.tell(session);
    return {
      leave: () => this.leave(session.id),
      cutBy(next) {
        place.cut = next;
      },
    };
  }

  /** Who is there now, oldest first. */
  list(match: Partial<ConsoleSession> = {}): ConsoleSession[] {
    return this.matching(match).map((each) => each.session);
  }

  count(match: Partial<ConsoleSession> = {}): number {
    return this.matching(match).length;
  }

  /** Ends all that match (`{ sessionId }`, `{ vmId }`, `{ userId }`, `{}`); returns how many. */
  cut(match: Partial<ConsoleSession>, close: CloseWith): number {
    const found = this.matching(match);
    for (const { cut } of found) cut(close);
    return found.length;
  }

  /** Ends all and takes no more. Resolves when the last one is gone. */
  stop(close: CloseWith): Promise<void> {
    this.stopping = true;
    const gone = new Promise<void>((resolve) => {
      this.allGone = resolve;
    });
    this.cut({}, close);
    if (this.open.size === 0) this.allGone();
    return gone;
  }

  /** Called whenever a VM's consoles change; returns what stops it. A listener must not throw. */
  onChange(listener: (change: ConsolesChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Lets one screen alone type into its VM; null lets all. False when there is no such screen. */
  setControl(vmId: string, id: string | null): boolean {
    if (id === null) {
      const [one] = this.list({ vmId });
      if (this.control.delete(vmId) && one) this.tell(one);
      return true;
    }
    const [screen] = this.list({ id, vmId, kind: "screen", viewOnly: false });
    if (screen === undefined) return false;
    this.control.set(vmId, id);
    this.tell(screen);
    return true;
  }

  /** The console that alone may type into the VM's screen; null: all may. */
  controlOf(vmId: string): string | null {
    return this.control.get(vmId) ?? null;
  }

  /** Whether somebody else has the keyboard. */
  isMuted({ id, vmId }: Pick<ConsoleSession, "id" | "vmId">): boolean {
    const holder = this.control.get(vmId);
    return holder !== undefined && holder !== id;
  }

  /** Says that a VM's screen is recorded from now on, or no longer. */
  setRecorded(vmId: string, recorded: boolean): void {
    if (recorded === this.recorded.has(vmId)) return;
    if (recorded) this.recorded.add(vmId);
    else this.recorded.delete(vmId);
    const [one] = this.list({ vmId });
    if (one) this.tell(one);
  }

  isRecorded(vmId: string): boolean {
    return this.recorded.has(vmId);
  }

  private tell({ vmId, projectId }: ConsolesChange): void {
    for (const listener of [...this.listeners]) listener({ vmId, projectId });
  }

  private leave(id: string): void {
    const gone = this.open.get(id)?.session;
    this.open.delete(id);
    if (gone !== undefined) {
      // Whoever had the keyboard is gone: nobody is kept from it.
      if (this.control.get(gone.vmId) === id) this.control.delete(gone.vmId);
      this.tell(gone);
    }
    if (this.stopping && this.open.size === 0) this.allGone();
  }

  private matching(match: Partial<ConsoleSession>) {
    const wanted = Object.entries(match) as [keyof ConsoleSession, unknown][];
    return [...this.open.values()].filter(({ session }) =>
      wanted.every(([name, value]) => session[name] === value),
    );
  }
}

/** The registry of this process, whichever copy of this module asks. */
export function consoleSessions(): ConsoleSessions {
  return once("console-sessions", () => new ConsoleSessions());
}
