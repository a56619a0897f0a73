import { withBase } from "@/lib/base-path";
import type { ActionResult } from "@/lib/model/result";
import type { ConsoleGrant } from "./connection-state";

/**
 * Asks for a ticket by a plain request: server actions of a page wait for each other, and a
 * console that comes back must not wait for the power action that has started its guest.
 * Rejects when the portal cannot be reached or answers with something else than a result.
 */
export async function fetchTicket(
  href: string,
  signal: AbortSignal,
): Promise<ActionResult<ConsoleGrant>> {
  const response = await fetch(withBase(href), { method: "POST", cache: "no-store", signal });
  return (await response.json()) as ActionResult<ConsoleGrant>;
}
