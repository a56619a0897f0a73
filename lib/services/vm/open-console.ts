import { consoleSessions } from "@/lib/console/sessions";
import { type ConsoleKind, consoleIdOf, issueTicket } from "@/lib/console/ticket";
import { assertScreensInReach } from "@/lib/hypervisor/console";
import { readSerial } from "@/lib/hypervisor/read-serial";
import { AppError } from "@/lib/model/errors";
import { audited } from "../audited";
import type { Context } from "../context";
import { findVm, requireLive } from "./find-vm";

/**
 * A ticket for the console of this start of the guest: one use, 30 s, bound to VM, boot, user and
 * session. Throws `vm.bad_state` when the guest is not running, since then nothing is on its screen,
 * and `quota.exceeded` when too many consoles are open already: a browser cannot read the status
 * that the WebSocket would be refused with. For the same reason `host.unsupported` when there is no
 * serial port, or no screen on a unix socket. That has one reader at a time; `takeOver` ends another's reading.
 */
export async function openConsole(
  ctx: Context,
  input: { vmId: string; kind?: ConsoleKind; takeOver?: boolean },
): Promise<{ ticket: string; path: "/console"; consoleId: string }> {
  const row = await findVm(ctx, input.vmId, "vm.console");
  const { kind = "screen", takeOver = false } = input;
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  if (live.bootId === null) {
    throw new AppError({
      code: "vm.bad_state",
      message: `vm ${row.id} is ${live.state}: no console`,
      userMessage: { key: "vm.no_console" },
      details: { state: live.state },
    });
  }
  if (kind === "screen" && live.screen !== "socket") {
    throw new AppError({
      code: "host.unsupported",
      message: `the screen of ${row.id}: ${live.screen}`,
      userMessage: { key: live.screen === "none" ? "vm.no_screen" : "vm.screen_on_address" },
    });
  }
  if (kind === "screen") assertScreensInReach(host);
  const full = consoleSessions().noRoomFor({ vmId: row.id, userId: ctx.actor.userId });
  if (full === "vm" || full === "user") {
    throw new AppError({
      code: "quota.exceeded",
      message: `no room for another console of ${row.id}: ${full}`,
      userMessage: { key: full === "vm" ? "vm.consoles_full" : "vm.own_consoles_full" },
    });
  }
  const grant = { vmId: row.id, bootId: live.bootId, viewOnly: false, kind, takeOver };
  const entry = {
    action: "vm.open_console",
    projectId: row.projectId,
    targetType: "vm",
    targetId: row.id,
    targetName: row.name,
    detail: { kind, takeOver },
  } as const;
  const ticket = await audited(ctx, entry, async () => {
    if (kind === "serial") await readSerial(host, row.uuid);
    return issueTicket(ctx.db, ctx.actor, grant, ctx.clock());
  });
  return { ticket, path: "/console", consoleId: consoleIdOf(ticket) };
}
