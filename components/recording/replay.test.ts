import { describe, expect, test } from "vitest";
import type { RecordedSegment } from "@/lib/model/recording";
import { Replay } from "./replay";
import { changesOf, densityOf } from "./timeline";

/** Two segments; each update is so many bytes of a number of its own. */
const segments: RecordedSegment[] = [
  {
    width: 8,
    height: 8,
    startMs: 100,
    endMs: 900,
    updates: [
      [100, 4, 1_000],
      [500, 2, 10],
      [900, 1, 200],
    ],
  },
  {
    width: 16,
    height: 8,
    startMs: 60_000,
    endMs: 60_400,
    updates: [
      [60_000, 3, 900],
      [60_400, 1, 500],
    ],
  },
];
const bytes = [Uint8Array.of(1, 1, 1, 1, 2, 2, 3), Uint8Array.of(4, 4, 4, 5, 99, 99)];

function start(load = async (position: number) => bytes[position] ?? new Uint8Array()) {
  const shown: string[] = [];
  const replay = new Replay({ lengthMs: 70_000, segments }, load, {
    resize: ({ width, height }) => shown.push(`${width}x${height}`),
    show: (data) => shown.push([...data].join("")),
  });
  return { replay, shown, said: () => shown.splice(0) };
}

describe("a recording", () => {
  test("is brought to a time from the last whole picture before it, once", async () => {
    const { replay, said } = start();
    await replay.seek(0);
    expect(said()).toEqual(["8x8", "1111"]);
    await replay.seek(500);
    expect(said()).toEqual(["22"]);
    await replay.seek(600);
    expect(said()).toEqual([]);
    await replay.seek(65_000);
    // What follows the last whole update in a segment is not shown.
    expect(said()).toEqual(["16x8", "4445"]);
    await replay.seek(950);
    expect(said()).toEqual(["8x8", "1111223"]);
    await replay.seek(100);
    expect(said()).toEqual(["1111"]);
  });

  test("of two times that are wanted the later wins, whichever comes first", async () => {
    const waiting: (() => void)[] = [];
    const { replay, said } = start(
      (position) =>
        new Promise((resolve) => waiting.push(() => resolve(bytes[position] ?? new Uint8Array()))),
    );
    const first = replay.seek(60_000);
    const second = replay.seek(100);
    waiting[1]?.();
    await second;
    waiting[0]?.();
    await first;
    expect(said()).toEqual(["8x8", "1111"]);
    expect(replay.getState()).toMatchObject({ atMs: 100, loading: false });
  });

  test("plays at its speed, passes over stillness when told to, and ends", async () => {
    const { replay, said } = start();
    await replay.seek(0);
    replay.setSkips(false);
    replay.setSpeed(4);
    replay.advance(100);
    expect(replay.getState().atMs).toBe(0);
    replay.play();
    replay.advance(200);
    await Promise.resolve();
    expect(replay.getState().atMs).toBe(800);
    expect(said()).toEqual(["8x8", "1111", "22"]);
    replay.setSkips(true);
    replay.advance(50);
    replay.advance(50);
    expect(replay.getState().atMs).toBe(59_500);
    replay.advance(250);
    await expect.poll(() => replay.getState().loading).toBe(false);
    replay.advance(250);
    replay.advance(250);
    expect(replay.getState()).toMatchObject({ atMs: 70_000, playing: false });
    replay.play();
    expect(replay.getState().playing).toBe(true);
    await expect.poll(() => replay.getState().atMs).toBe(0);
  });

  test("leads from change to change, not to what blinks", async () => {
    const { replay } = start();
    expect(changesOf(segments)).toEqual([100, 60_000]);
    await replay.seek(30_000);
    expect(replay.changeBeside(1)).toBe(60_000);
    expect(replay.changeBeside(-1)).toBe(100);
    await replay.seek(61_500);
    expect(replay.changeBeside(1)).toBeNull();
    expect(replay.changeBeside(-1)).toBe(60_000);
  });

  test("says when its pictures cannot be had, and goes on where they can", async () => {
    const { replay, said } = start(async (position) => {
      if (position === 1) throw new Error("gone");
      return bytes[position] ?? new Uint8Array();
    });
    replay.play();
    await replay.seek(60_500);
    expect(replay.getState()).toMatchObject({ failed: true, playing: false, loading: false });
    await replay.seek(200);
    expect(replay.getState().failed).toBe(false);
    expect(said()).toEqual(["8x8", "1111"]);
  });
});

test("the time line shows where much has changed", () => {
  const density = densityOf(segments, 70_000, 7);
  expect(density.map((each) => each > 0)).toEqual([true, false, false, false, false, false, true]);
  expect(Math.max(...density)).toBe(1);
});
