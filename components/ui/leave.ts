import { basePath, withBase } from "@/lib/base-path";
import { emptyStorage } from "./empty-storage";

let leaving = false;

/**
 * Leaves for the sign-in page, by a full load, so that nothing of the session stays in the page's
 * memory. The button, the event stream and a refused action all come here: the first goes, for a
 * second navigation would cut the first off.
 */
export function leave(): void {
  if (leaving) return;
  leaving = true;
  window.location.assign(withBase("/sign-in"));
}

/**
 * Ends the session and then goes away from the page, to the sign-in page unless told otherwise.
 * Nobody else leads away meanwhile, or the answer that empties the browser would be lost. False
 * where the portal did not do it: the page stays.
 */
export async function signOut(go: () => void = leave): Promise<boolean> {
  leaving = true;
  const response = await fetch(withBase("/sign-out"), { method: "POST" }).catch(() => null);
  leaving = false;
  // 401: it had ended before.
  if (response === null || !(response.ok || response.status === 401)) return false;
  // At the root the answer has told the browser to.
  if (basePath !== "") emptyStorage();
  go();
  return true;
}
