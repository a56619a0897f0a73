import type { Lock, Locker, RequestRelease } from "@tus/server";

interface Held {
  requestRelease: RequestRelease;
  lastByteAt: number;
  released: Promise<void>;
  release: () => void;
}

/** A writer that has sent nothing for so long has most likely lost its connection. */
const idleMs = 5_000;
const handOverMs = 5_000;
const locked = { status_code: 423, body: "Another request is writing this upload\n" };

/**
 * One request at a time for each upload. A second one is answered 423 while the first one's bytes
 * flow; one whose bytes have stopped is asked to let go, so that a client whose network broke need
 * not wait for a timeout of its dead connection.
 */
export class UploadLocker implements Locker {
  private readonly held = new Map<string, Held>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Called for every chunk that arrives. */
  touch(id: string): void {
    const held = this.held.get(id);
    if (held) held.lastByteAt = this.now();
  }

  newLock(id: string): Lock {
    return {
      lock: (signal, requestRelease) => this.lock(id, signal, requestRelease),
      unlock: async () => {
        this.held.get(id)?.release();
        this.held.delete(id);
      },
    };
  }

  private async lock(id: string, signal: AbortSignal, requestRelease: RequestRelease) {
    const other = this.held.get(id);
    if (other) {
      if (this.now() - other.lastByteAt < idleMs) throw locked;
      await other.requestRelease();
      await Promise.race([other.released, timeout(handOverMs)]);
    }
    if (this.held.has(id) || signal.aborted) throw locked;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.held.set(id, { requestRelease, lastByteAt: this.now(), released, release });
  }
}

function timeout(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs).unref());
}
