/** setTimeout fires at once above this. */
const MAX_TIMER_MS = 2_147_483_647;
/** A timer that fires later than this was held up by other work of this process. */
const HELD_UP_MS = 50;

export interface Waiting {
  /** By `performance.now()`; Infinity for never. */
  deadlineAt: number;
  /** True once the deadline was moved because this process had been held up. */
  putOff?: boolean;
}

/**
 * One timer for all calls of a connection, set to the earliest deadline. Calls nearly always end
 * long before theirs, so a timer for each would be made and taken down for nothing. Timers run
 * before sockets are read: after our own loop was held up, the answers may lie there unread. What
 * is due then gets that much time more, once.
 */
export class Deadlines<Item extends Waiting> {
  private timer: NodeJS.Timeout | undefined;
  private firesAt = Number.POSITIVE_INFINITY;

  /** `waiting` lists what still waits; `expire` is called once for each item that is due. */
  constructor(
    private readonly waiting: () => Iterable<Item>,
    private readonly expire: (item: Item) => void,
  ) {}

  add({ deadlineAt }: Item): void {
    if (deadlineAt < this.firesAt) this.set(deadlineAt);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private set(deadlineAt: number): void {
    clearTimeout(this.timer);
    this.firesAt = deadlineAt;
    const delayMs = Math.min(Math.max(deadlineAt - performance.now(), 1), MAX_TIMER_MS);
    this.timer = setTimeout(() => this.fire(), delayMs);
    // The connection itself keeps the process alive for as long as it is open.
    this.timer.unref();
  }

  private fire(): void {
    const now = performance.now();
    const lateMs = now - this.firesAt;
    let earliest = Number.POSITIVE_INFINITY;
    for (const item of [...this.waiting()]) {
      if (item.deadlineAt <= now && lateMs > HELD_UP_MS && !item.putOff) {
        item.putOff = true;
        item.deadlineAt = now + lateMs;
      }
      if (item.deadlineAt <= now) this.expire(item);
      else earliest = Math.min(earliest, item.deadlineAt);
    }
    this.firesAt = Number.POSITIVE_INFINITY;
    if (earliest < Number.POSITIVE_INFINITY) this.set(earliest);
  }
}
