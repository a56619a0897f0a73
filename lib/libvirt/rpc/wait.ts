/** How long a caller is willing to wait. */
export interface WaitOptions {
  signal?: AbortSignal;
  /** Milliseconds until the caller stops waiting; Infinity for never. */
  deadlineMs?: number;
}

/** setTimeout fires at once above this. */
const MAX_TIMER_MS = 2_147_483_647;

/**
 * Calls `giveUp` once, when the signal fires or the deadline passes, whichever comes first.
 * The returned function ends the watch.
 */
export function watch(
  signal: AbortSignal | undefined,
  deadlineMs: number,
  giveUp: (kind: "timeout" | "aborted") => void,
): () => void {
  const onAbort = () => finish("aborted");
  const timer =
    deadlineMs <= MAX_TIMER_MS ? setTimeout(() => finish("timeout"), deadlineMs) : undefined;
  const stop = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  };
  const finish = (kind: "timeout" | "aborted") => {
    stop();
    giveUp(kind);
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  return stop;
}
