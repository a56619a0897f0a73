export interface Entrant {
  /** Of those with the same lane one at a time goes through. */
  readonly lane: string | undefined;
}

/**
 * At most `slots` requests at a time, the rest in a bounded queue. libvirtd stops reading a
 * connection that has five requests open, and then no ping is answered either.
 */
export class Gate<Item extends Entrant> {
  private busy = 0;
  private readonly busyLanes = new Set<string>();
  private readonly waiting = new Set<Item>();

  constructor(
    readonly slots: number,
    private readonly maxWaiting: number,
    private readonly start: (item: Item) => void,
  ) {}

  /** Starts the item now or as soon as a slot and its lane are free; false when the queue is full. */
  enter(item: Item): boolean {
    if (this.busy < this.slots && this.isFree(item)) {
      this.admit(item);
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

  /** Gives the slot and the lane of an item back. */
  leave(item: Item): void {
    this.busy--;
    if (item.lane !== undefined) this.busyLanes.delete(item.lane);
    for (const next of this.waiting) {
      if (!this.isFree(next)) continue;
      this.waiting.delete(next);
      this.admit(next);
      return;
    }
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

  private isFree({ lane }: Item): boolean {
    return lane === undefined || !this.busyLanes.has(lane);
  }

  private admit(item: Item): void {
    this.busy++;
    if (item.lane !== undefined) this.busyLanes.add(item.lane);
    this.start(item);
  }
}
