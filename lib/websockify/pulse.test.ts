import { expect, test } from "vitest";
import { Pulse, type PulseVerdict } from "./pulse";

interface Beat {
  received?: number;
  frame?: number | null;
  write?: number | null;
}

/** Verdicts of successive beats, and whether each sent a ping. */
function beats(list: Beat[]): { verdicts: (PulseVerdict | null)[]; pings: boolean[] } {
  let now: Beat = {};
  const pulse = new Pulse({
    receivedBytes: () => now.received ?? 0,
    unfinishedFrame: () => now.frame ?? null,
    waitingWrite: () => now.write ?? null,
  });
  const verdicts: (PulseVerdict | null)[] = [];
  const pings: boolean[] = [];
  for (const beat of list) {
    now = beat;
    verdicts.push(pulse.beat());
    pings.push(pulse.pingDue);
  }
  return { verdicts, pings };
}

test("a peer that answers lives for ever", () => {
  const list = Array.from({ length: 10 }, (_, index) => ({ received: index * 2 }));
  expect(beats(list).verdicts).toEqual(Array(10).fill(null));
});

test("a peer that answers no ping is dead at the next beat", () => {
  expect(beats([{ received: 5 }, { received: 5 }]).verdicts).toEqual([null, "dead"]);
});

test("no ping goes behind output that waits, and silence is then no proof of death", () => {
  const { verdicts, pings } = beats([{ write: 7 }, { write: 7 }, { write: 8 }, {}]);
  expect(verdicts).toEqual([null, null, null, null]);
  expect(pings).toEqual([false, false, false, true]);
});

test("a peer that takes nothing for four beats is stalled", () => {
  const { verdicts } = beats(Array(5).fill({ write: 7 }));
  expect(verdicts).toEqual([null, null, null, null, "stalled"]);
});

test("a frame trickling in, byte by byte, ends the connection after four beats", () => {
  const { verdicts } = beats(
    Array.from({ length: 5 }, (_, index) => ({ received: index, frame: 1 })),
  );
  expect(verdicts).toEqual([null, null, null, null, "unfinished_frame"]);
});

test("many unfinished frames in turn are only a busy peer", () => {
  const list = Array.from({ length: 9 }, (_, index) => ({ received: index, frame: index }));
  expect(beats(list).verdicts).toEqual(Array(9).fill(null));
});
