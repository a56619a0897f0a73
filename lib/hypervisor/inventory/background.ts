import { setTimeout as sleep } from "node:timers/promises";
import { logger } from "@/lib/log";
import { isTimeout, isWireFailure } from "./wire";

/** Work that nobody waits for, for as long as one connection lives. */
export class Background {
  private readonly ended = new AbortController();

  get over(): boolean {
    return this.ended.signal.aborted;
  }

  end(): void {
    this.ended.abort();
  }

  /** Ends of the connection are the supervisor's matter; what else fails is logged. */
  run(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (this.over || isWireFailure(error) || isTimeout(error)) return;
      logger().warn({ err: error }, "inventory: a reading failed");
    });
  }

  /** Rejects when it is over. */
  async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.ended.signal, ref: false });
  }
}

/** A host under load may miss a deadline; the next round tries again. */
export async function unlessLate(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isTimeout(error)) throw error;
    logger().debug({ err: error }, "inventory: a reading took too long");
  }
}
