/**
 * Runs `work` per key, one at a time. A request that comes while a run is under way gets the next
 * run, shared with all others that wait: whoever asks sees what was true after asking, and a burst
 * of events costs two runs.
 */
export function coalesce<T>(work: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const running = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, Promise<T>>();

  const start = (key: string): Promise<T> => {
    const run = work(key);
    const done = run.then(
      () => running.delete(key),
      () => running.delete(key),
    );
    running.set(key, done);
    return run;
  };

  return (key) => {
    const current = running.get(key);
    if (current === undefined) return start(key);
    const queued = waiting.get(key);
    if (queued !== undefined) return queued;
    const next = current.then(() => {
      waiting.delete(key);
      return start(key);
    });
    waiting.set(key, next);
    return next;
  };
}
