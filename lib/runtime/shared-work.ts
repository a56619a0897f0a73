/**
 * Does the same work once for all who ask for it at the same time. Who asks while it runs gets
 * the next run's result: no answer is older than its question, and at most one run waits.
 */
export class SharedWork<V> {
  private readonly running = new Map<string, Promise<V>>();
  private readonly waiting = new Map<string, Promise<V>>();

  ask(key: string, work: () => Promise<V>): Promise<V> {
    const queued = this.waiting.get(key);
    if (queued) return queued;
    const current = this.running.get(key);
    if (!current) return this.start(key, work);
    const next = settled(current).then(() => {
      this.waiting.delete(key);
      return this.start(key, work);
    });
    this.waiting.set(key, next);
    return next;
  }

  private start(key: string, work: () => Promise<V>): Promise<V> {
    const run = work().finally(() => this.running.delete(key));
    this.running.set(key, run);
    return run;
  }
}

async function settled(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}
