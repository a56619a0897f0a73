/**
 * At most `slots` requests at a time, the rest in a bounded queue. libvirtd stops reading a
 * connection that has five requests open, and then no ping is answered either.
 */
export class Gate<Item> {
  private busy = 0;
  private readonly waiting = new Set<Item>();

  constructor(
    readonly slots: number,
    private readonly maxWaiting: number,
    private readonly start: (item: Item) => void,
  ) {}

  /** Starts the item now or as soon as a slot is free; false when the queue is full. */
  enter(item: Item): boolean {
    if (this.busy < this.slots) {
      this.busy++;
      this.start(item);
      return true;
    }
    if (this.waiting.size >= this.maxWaiting) return false;
    this.waiting.add(item);
    return true;
  }

  /** Takes an item out of the queue. */
  cancel(item: Item): void {
    this.waiting.delete(item);
  }

  /** Gives a slot back. */
  leave(): void {
    const [next] = this.waiting;
    if (next === undefined) {
      this.busy--;
      return;
    }
    this.waiting.delete(next);
    this.start(next);
  }

  /** What is in the queue, first in line first. */
  queue(): Iterable<Item> {
    return this.waiting;
  }

  /** Empties the queue and returns what was in it. */
  drain(): Item[] {
    const items = [...this.waiting];
    this.waiting.clear();
    return items;
  }
}
