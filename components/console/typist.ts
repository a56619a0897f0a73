import { chunkKeys, type KeyChunk } from "@/lib/model/keyboard/key-events";
import type { PlannedKey } from "@/lib/model/keyboard/plan-text";
import { createKnocker, type GuestKeyboard, tap } from "./knock";

/**
 * Places that are filled before the guest is asked: QEMU's PS/2 and USB keyboards keep 16 and drop
 * what is more without a word; the question itself takes two.
 */
const chunkPlaces = 12;
/** A guest that answers at all has done so by then, unless it is very busy. */
const firstAnswerMs = 2500;
/** A guest that has answered before, and does not for so long, has stopped. */
const answerMs = 10_000;
/** Without answers: QEMU hands a key event on every 10 ms; the rest is for the guest. */
const eventMs = 10;
const spareMs = 60;

const capsLock = { code: "CapsLock", keysym: 0xffe5 };

export interface TypingResult {
  /** `stuck`: the guest has stopped taking keys. */
  end: "done" | "cancelled" | "stuck";
  /** Planned keys that the guest has taken; without lights, that were sent. */
  typed: number;
}

interface TypingOptions {
  signal: AbortSignal;
  onProgress: (typed: number) => void;
}

/**
 * Types planned keys as fast as the guest takes them: after each chunk that its keyboard can hold
 * it waits for the guest's answer, and where there is none (firmware, boot loaders) it goes by a
 * slow guess. It ends with no key down and the guest's locks as they were.
 */
export async function typeKeys(
  keyboard: GuestKeyboard,
  keys: readonly PlannedKey[],
  { signal, onProgress }: TypingOptions,
): Promise<TypingResult> {
  if (signal.aborted) return { end: "cancelled", typed: 0 };
  const knocker = createKnocker(keyboard);
  const capitals = keyboard.lights()?.caps === true;
  if (capitals) tap(keyboard, capsLock);
  let typed = 0;
  let answers = await knocker.knock(firstAnswerMs, signal);
  if (!answers) knocker.settle();

  function finish(end: TypingResult["end"]): TypingResult {
    knocker.settle();
    if (capitals) tap(keyboard, capsLock);
    return { end, typed };
  }

  for (const chunk of chunkKeys(keys, chunkPlaces)) {
    if (signal.aborted) return finish("cancelled");
    const heard = answers ? null : listenOnce(keyboard);
    for (const event of chunk.events) keyboard.send(event);
    if (answers) {
      const taken = await knocker.knock(answerMs, signal);
      if (!taken) return finish(signal.aborted ? "cancelled" : "stuck");
    } else {
      await pause(guessMs(chunk), signal);
      // It was only late with its answer. Once it shows the state from before, it has caught up.
      if (heard?.() && knocker.atRest()) answers = true;
    }
    typed += chunk.keys;
    onProgress(typed);
  }
  return finish("done");
}

function guessMs({ events }: KeyChunk): number {
  return events.length * eventMs + spareMs;
}

/** Tells whether a message about the lights came meanwhile; asking ends the listening. */
function listenOnce(keyboard: GuestKeyboard): () => boolean {
  let heard = false;
  const stop = keyboard.onLights(() => {
    heard = true;
  });
  return () => {
    stop();
    return heard;
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
