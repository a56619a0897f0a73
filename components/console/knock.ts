import type { KeyEvent } from "@/lib/model/keyboard/key-events";
import type { LockLights } from "./lock-lights";

/** The guest's keyboard, as what types sees it. */
export interface GuestKeyboard {
  send(event: KeyEvent): void;
  /** Null where the guest's keyboard has none that we hear of. */
  lights(): LockLights | null;
  onLights(listener: () => void): () => void;
}

const numLock = { code: "NumLock", keysym: 0xff7f };

export interface Knocker {
  /** Whether the guest has taken everything that was sent before, asked for so long. */
  knock(timeoutMs: number, signal: AbortSignal): Promise<boolean>;
  /** The guest's keys are as they were before the first knock, for all that can be seen. */
  atRest(): boolean;
  /** Puts Num Lock back. */
  settle(): void;
}

/** Presses a key and releases it. */
export function tap(keyboard: GuestKeyboard, key: { code: string; keysym: number }): void {
  keyboard.send({ ...key, down: true });
  keyboard.send({ ...key, down: false });
}

/**
 * Asks the guest for a sign of life by Num Lock: keys arrive in order, and its system answers this
 * one by its light. It changes no letter, and it is put back at the end.
 */
export function createKnocker(keyboard: GuestKeyboard): Knocker {
  const first = keyboard.lights()?.num;
  let odd = false;

  function press(): void {
    odd = !odd;
    tap(keyboard, numLock);
  }

  return {
    async knock(timeoutMs, signal) {
      const before = keyboard.lights()?.num;
      if (before === undefined) return false;
      const answered = until(keyboard, () => keyboard.lights()?.num !== before, timeoutMs, signal);
      press();
      return answered;
    },
    atRest: () => !odd && keyboard.lights()?.num === first,
    settle() {
      if (odd) press();
    },
  };
}

/** Waits for the lights to show something; false when the time is over or the work is given up. */
function until(
  keyboard: GuestKeyboard,
  shown: () => boolean,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (result: boolean) => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener("abort", giveUp);
      resolve(result);
    };
    const giveUp = () => end(false);
    const timer = setTimeout(giveUp, timeoutMs);
    const stop = keyboard.onLights(() => {
      if (shown()) end(true);
    });
    signal.addEventListener("abort", giveUp);
    if (signal.aborted) giveUp();
  });
}
