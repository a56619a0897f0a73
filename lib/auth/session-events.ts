import { logger } from "@/lib/log";
import { once } from "@/lib/runtime/once";

type Listener = (sessionId: string) => void;

/** One set per process, whichever copy of this module asks. */
function listeners(): Set<Listener> {
  return once("session-listeners", () => new Set());
}

/**
 * Calls the listener with the id of each session that ends (sign-out, revoked, password
 * changed, expired), so that open streams and consoles are cut at once. The same id may come
 * more than once. Returns the function that stops listening.
 */
export function onSessionEnded(listener: Listener): () => void {
  listeners().add(listener);
  return () => void listeners().delete(listener);
}

/** Tells every listener that the sessions have ended; one that fails does not spare the others. */
export function announceEnded(sessionIds: readonly string[]): void {
  for (const sessionId of sessionIds) {
    for (const listener of [...listeners()]) {
      try {
        listener(sessionId);
      } catch (error) {
        logger().error({ err: error, sessionId }, "a listener of ended sessions failed");
      }
    }
  }
}
