/** Does at most so many works at once, in the order of their coming, and lets at most so many wait. */
export class Bounded {
  private readonly waiting: (() => void)[] = [];
  private underWay = 0;

  constructor(private readonly limits: { atOnce: number; waiting: number }) {}

  /** Does the work when there is room; null when too many wait already. */
  run<T>(work: () => Promise<T>): Promise<T> | null {
    if (this.waiting.length >= this.limits.waiting) return null;
    return this.inTurn(work);
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.underWay >= this.limits.atOnce) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.underWay += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The place goes over to the next one: nobody can come in between.
      if (next === undefined) this.underWay -= 1;
      else next();
    }
  }
}
