/**
 * Runs `work` for a key at once, and then at most once in `intervalMs` however often it is asked,
 * always with a last run after the last ask.
 */
export class Coalescer {
  private readonly timers = new Map<string, { timer: NodeJS.Timeout; again: boolean }>();

  constructor(
    private readonly intervalMs: number,
    private readonly work: (key: string) => void,
  ) {}

  ask(key: string): void {
    const waiting = this.timers.get(key);
    if (waiting) {
      waiting.again = true;
      return;
    }
    this.rest(key);
    this.work(key);
  }

  stop(): void {
    for (const { timer } of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private rest(key: string): void {
    const timer = setTimeout(() => {
      const again = this.timers.get(key)?.again ?? false;
      this.timers.delete(key);
      if (again) this.ask(key);
    }, this.intervalMs);
    timer.unref();
    this.timers.set(key, { timer, again: false });
  }
}
