import { unstable_rethrow } from "next/navigation";
import type { ActionResult } from "@/lib/model/result";

/** Calls an action; a portal that cannot be reached is a failure like any other. */
export async function reachable<T>(call: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    return await call();
  } catch (error) {
    unstable_rethrow(error);
    // A browser's fetch fails with a TypeError; anything else is a bug.
    if (!(error instanceof TypeError)) throw error;
    const message = { key: "portal.unreachable" };
    return { ok: false, error: { code: "internal", message, fields: {}, details: {} } };
  }
}
