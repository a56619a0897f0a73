/**
 * Does something now and every so often, never twice at once, until the returned function is
 * called. A failure is told to `onFailure`, and the next turn comes all the same.
 */
export function sweepEvery(
  everyMs: number,
  sweep: () => Promise<unknown>,
  onFailure: (error: unknown) => void,
): () => void {
  let busy = false;
  const run = async () => {
    if (busy) return;
    busy = true;
    try {
      await sweep();
    } catch (error) {
      onFailure(error);
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(run, everyMs);
  timer.unref();
  void run();
  return () => clearInterval(timer);
}
