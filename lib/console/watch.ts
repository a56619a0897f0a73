import type { Db } from "@/lib/db/client";
import type { Host, Hosts, InventoryChange, LiveVm } from "@/lib/hypervisor/types";
import type { Logger } from "@/lib/log";
import type { CloseWith } from "@/lib/websockify";
import { consoleCloses } from "./closes";
import { recheckConsoles } from "./recheck";
import type { ConsoleSession, ConsoleSessions } from "./sessions";

/** Between looks at the database for rights that were taken away without a word to this process. */
const recheckMs = 3_000;

export interface WatchDoors {
  db: Db;
  hosts: Hosts;
  log: Logger;
  onSessionEnded(listener: (sessionId: string) => void): () => void;
  /** Somebody's role in a project or in the installation has changed. */
  onRightsChanged(listener: () => void): () => void;
}

/** How the guest's own fate ends a console of this start of it, or null while it runs on. */
export function guestVerdict(
  session: Pick<ConsoleSession, "bootId">,
  vm: LiveVm | null,
): CloseWith | null {
  if (vm === null || vm.bootId === null) return consoleCloses.guestStopped;
  return vm.bootId === session.bootId ? null : consoleCloses.guestRestarted;
}

/**
 * Ends consoles as soon as their reason to be open is gone: the session ended, the guest stopped
 * or started anew, a right was withdrawn. Returns the function that stops watching.
 */
export function watchConsoles(doors: WatchDoors, sessions: ConsoleSessions): () => void {
  const stopSessions = doors.onSessionEnded((sessionId) => {
    sessions.cut({ sessionId }, consoleCloses.accessEnded);
  });
  const stopGuests = doors.hosts.onChange((host, change) => follow(sessions, host, change));
  const recheck = (): void => {
    recheckConsoles(doors.db, sessions).catch((error: unknown) => {
      doors.log.error({ err: error }, "open consoles could not be compared with the database");
    });
  };
  const stopRights = doors.onRightsChanged(recheck);
  const timer = setInterval(recheck, recheckMs);
  timer.unref();
  return () => {
    stopSessions();
    stopGuests();
    stopRights();
    clearInterval(timer);
  };
}

function follow(sessions: ConsoleSessions, host: Host, change: InventoryChange): void {
  if (change.type === "host" || sessions.count({ hostId: host.id }) === 0) return;
  const match: Partial<ConsoleSession> = { hostId: host.id };
  if (change.type === "vm") match.uuid = change.vm.uuid;
  if (change.type === "vm.removed") match.uuid = change.uuid;
  for (const session of sessions.list(match)) {
    const vm = change.type === "vm" ? change.vm : host.inventory.get(session.uuid);
    const close = guestVerdict(session, vm);
    if (close !== null) sessions.cut({ id: session.id }, close);
  }
}
