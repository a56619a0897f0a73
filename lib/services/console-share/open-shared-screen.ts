import { consoleIdOf, issueTicket } from "@/lib/console/ticket";
import { visitorKey } from "@/lib/console/visit";
import { assertConsoleRoom, consoleBootOf } from "../vm/console-of";
import { type ScreenVisitor, visitedVm } from "./visited-vm";

/**
 * A ticket for the screen that a visitor may watch: one use, 30 s, bound to VM, boot and visit.
 * Throws as `visitedVm`, `consoleBootOf` and `assertConsoleRoom` do.
 */
export async function openSharedScreen(
  visitor: ScreenVisitor,
  { shareId }: { shareId: string },
): Promise<{ ticket: string; path: "/share/console"; consoleId: string; viewOnly: true }> {
  const { visit, row, ...there } = await visitedVm(visitor, shareId);
  const bootId = consoleBootOf(row.id, there, "screen");
  const key = visitorKey(visit.id);
  assertConsoleRoom({ vmId: row.id, userId: key, via: "link" });
  const grant = { vmId: row.id, bootId, viewOnly: true };
  const who = { userId: key, sessionId: key };
  const ticket = await issueTicket(visitor.db, who, grant, visitor.clock());
  return { ticket, path: "/share/console", consoleId: consoleIdOf(ticket), viewOnly: true };
}
