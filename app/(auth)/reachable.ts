import { unstable_rethrow } from "next/navigation";
import { doorBusyText } from "@/lib/model/door-busy";
import type { ActionResult } from "@/lib/model/result";

/** Calls an action; a portal that cannot be reached is a failure like any other. */
export async function reachable<T>(call: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    return await call();
  } catch (error) {
    unstable_rethrow(error);
    const message = { key: keyOf(error) };
    return { ok: false, error: { code: "internal", message, fields: {}, details: {} } };
  }
}

/** A browser's fetch fails with a TypeError, a full door with its text; anything else is a bug. */
function keyOf(error: unknown): string {
  if (error instanceof Error && error.message === doorBusyText) return "portal.busy";
  if (error instanceof TypeError) return "portal.unreachable";
  throw error;
}
