import { unstable_rethrow } from "next/navigation";
import type { ActionResult } from "@/lib/model/result";
import { leave } from "./leave";

/**
 * Calls a server action so that a portal out of reach is a failure like any other. A session
 * that has ended leads to the sign-in page.
 */
export async function callAction<T>(
  call: () => Promise<ActionResult<T>>,
): Promise<ActionResult<T>> {
  try {
    const result = await call();
    if (!result.ok && result.error.code === "auth.required") leave();
    return result;
  } catch (error) {
    unstable_rethrow(error);
    // A browser's fetch fails with a TypeError; anything else is the portal's own fault.
    const key = error instanceof TypeError ? "portal.unreachable" : "internal";
    return { ok: false, error: { code: "internal", message: { key }, fields: {}, details: {} } };
  }
}
