import { logger } from "@/lib/log";

/** How long refusals of one kind are counted before the count is written. */
const windowMs = 60_000;
/** Kinds that are counted apart; beyond, whoever it is, there is one kind per door and code. */
const maxKinds = 500;

export interface Refusal {
  /**
   * Writes a row: `repeated` is 0 for the first, and else how many followed it. `alone` is false
   * when they are of more senders than are told apart.
   */
  write(repeated: number, alone: boolean): Promise<void>;
}

interface Kind {
  timer: NodeJS.Timeout;
  alone: boolean;
  repeated: number;
  last: Refusal;
}

/** Keeps a flood of refusals from flooding the log, without losing count of any. */
export class RefusalCounter {
  private readonly kinds = new Map<string, Kind>();

  /** Writes the first of its kind, `what` from `from`, and counts the others. */
  async count(what: string, from: string, refusal: Refusal): Promise<void> {
    const own = `${what} ${from}`;
    const alone = this.kinds.has(own) || this.kinds.size < maxKinds;
    const key = alone ? own : what;
    const kind = this.kinds.get(key);
    if (kind !== undefined) {
      kind.repeated += 1;
      kind.last = refusal;
      return;
    }
    const timer = setTimeout(() => this.windowEnds(key), windowMs);
    timer.unref();
    this.kinds.set(key, { timer, alone, repeated: 0, last: refusal });
    await refusal.write(0, alone);
  }

  /** Ends all windows now. */
  async flush(): Promise<void> {
    for (const key of [...this.kinds.keys()]) await this.close(key);
  }

  private windowEnds(key: string): void {
    this.close(key).catch((error: unknown) => {
      logger().error({ err: error }, "a count of refusals was not recorded");
    });
  }

  private async close(key: string): Promise<void> {
    const kind = this.kinds.get(key);
    if (kind === undefined) return;
    clearTimeout(kind.timer);
    this.kinds.delete(key);
    if (kind.repeated > 0) await kind.last.write(kind.repeated, kind.alone);
  }
}
