import { type ConsoleSession, consoleSessions } from "@/lib/console/sessions";
import type { ConsoleKind } from "@/lib/console/ticket";
import { assertScreensInReach } from "@/lib/hypervisor/console";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";

/**
 * The start of the guest whose console can be opened now. Throws `vm.bad_state` when it is not
 * running, since then nothing is on its screen, and `host.unsupported` when it has no screen on a
 * unix socket, or one on a host whose screens are out of reach: a browser cannot read the status that the WebSocket would be refused with.
 */
export function consoleBootOf(
  vmId: string,
  { host, live }: { host: Host; live: LiveVm },
  kind: ConsoleKind,
): string {
  if (live.bootId === null) {
    throw new AppError({
      code: "vm.bad_state",
      message: `vm ${vmId} is ${live.state}: no console`,
      userMessage: { key: "vm.no_console" },
      details: { state: live.state },
    });
  }
  if (kind === "screen" && live.screen !== "socket") {
    throw new AppError({
      code: "host.unsupported",
      message: `the screen of ${vmId}: ${live.screen}`,
      userMessage: { key: live.screen === "none" ? "vm.no_screen" : "vm.screen_on_address" },
    });
  }
  if (kind === "screen") assertScreensInReach(host);
  return live.bootId;
}

/** Throws `quota.exceeded` when too many consoles are open already, for the same reason. */
export function assertConsoleRoom(wanted: Pick<ConsoleSession, "vmId" | "userId" | "via">): void {
  const full = consoleSessions().noRoomFor(wanted);
  if (full !== "vm" && full !== "user") return;
  throw new AppError({
    code: "quota.exceeded",
    message: `no room for another console of ${wanted.vmId}: ${full}`,
    userMessage: { key: full === "vm" ? "vm.consoles_full" : "vm.own_consoles_full" },
  });
}
