import { type ConsoleKind, consoleIdOf, issueTicket } from "@/lib/console/ticket";
import { readSerial } from "@/lib/hypervisor/read-serial";
import { isOutside } from "@/lib/policies/is-outside";
import { audited } from "../audited";
import type { Context } from "../context";
import { recordingPolicyOf } from "../recording/get-policy";
import { assertConsoleRoom, consoleBootOf } from "./console-of";
import { findVm, requireLive } from "./find-vm";

/**
 * A ticket for the console of this start of the guest: one use, 30 s, bound to VM, boot, user and
 * session. With `viewOnly`, and for an administrator who is no member of the project in any case,
 * nothing that is typed there reaches the guest. The record has a row of it, but not of one that is
 * asked for `ahead` of a click that may never come: what it opens has a row of its own. Throws what `consoleBootOf` and
 * `assertConsoleRoom` throw, and `host.unsupported` when there is no serial port. That has one
 * reader at a time; `takeOver` ends another's reading.
 */
export async function openConsole(
  ctx: Context,
  input: {
    vmId: string;
    kind?: ConsoleKind;
    takeOver?: boolean;
    viewOnly?: boolean;
    ahead?: boolean;
  },
): Promise<{
  ticket: string;
  path: "/console";
  consoleId: string;
  viewOnly: boolean;
  recorded: boolean;
}> {
  const row = await findVm(ctx, input.vmId, "vm.console");
  const { kind = "screen", takeOver = false } = input;
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  const bootId = consoleBootOf(row.id, { host, live }, kind);
  const outside = isOutside(ctx.actor, row.projectId);
  const via = outside ? "administrator" : "member";
  assertConsoleRoom({ vmId: row.id, userId: ctx.actor.userId, via });
  const viewOnly = outside || input.viewOnly === true;
  const entry = {
    action: "vm.open_console",
    projectId: row.projectId,
    targetType: "vm",
    targetId: row.id,
    targetName: row.name,
    detail: { kind, takeOver, viewOnly, via },
  } as const;
  const issue = async () => {
    if (kind === "serial") await readSerial(host, row.uuid);
    const grant = { vmId: row.id, bootId, viewOnly, kind, takeOver };
    return issueTicket(ctx.db, ctx.actor, grant, ctx.clock());
  };
  const ticket = await (input.ahead === true ? issue() : audited(ctx, entry, issue));
  const { mode } = await recordingPolicyOf(ctx.db, row.projectId);
  const recorded = kind === "screen" && mode !== "off";
  return { ticket, path: "/console", consoleId: consoleIdOf(ticket), viewOnly, recorded };
}
