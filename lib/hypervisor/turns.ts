import { AppError } from "@/lib/model/errors";

/**
 * One modifying call at a time per VM. libvirt would queue them itself, on a lock that a frozen
 * QEMU holds for half a minute; here the next one gives up after its own deadline.
 */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /**
   * Runs `work` when the key's earlier work has ended. Rejects with `host.timeout` when the turn
   * has not come within `deadlineMs`; then `work` never runs.
   */
  async take<T>(key: string, deadlineMs: number, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    let leave: () => void = () => undefined;
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const mine = before.then(() => left);
    this.last.set(key, mine);
    try {
      await inTime(before, deadlineMs);
      return await work();
    } finally {
      leave();
      if (this.last.get(key) === mine) this.last.delete(key);
    }
  }
}

async function inTime(turn: Promise<unknown>, deadlineMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new AppError({
      code: "host.timeout",
      message: "an earlier change of this VM has not ended",
      details: { reason: "an earlier change of this VM has not ended", sent: false },
    });
    timer = setTimeout(() => reject(error), deadlineMs);
  });
  try {
    await Promise.race([turn, late]);
  } finally {
    clearTimeout(timer);
  }
}
