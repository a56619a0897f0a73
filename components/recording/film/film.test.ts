import { describe, expect, test } from "vitest";
import type { RecordedSegment } from "@/lib/model/recording";
import {
  copyRect,
  hextileRect,
  rawRect,
  resizeRect,
  update,
} from "@/lib/recording/testing/fake-screen";
import { paint } from "@/lib/recording/testing/paint";
import type { Film } from "./film";
import { planFilm } from "./film-plan";
import { GifFilm } from "./gif-film";
import { makeFilm } from "./make-film";
import { formatMoment, parseMoment } from "./moment";
import { ScreenPainter } from "./screen-painter";
import { readGif } from "./testing/read-gif";

/** A recording of updates, each with its time; a segment for each list. */
function recordingOf(size: [number, number], ...lists: [atMs: number, bytes: Buffer][][]) {
  const [width, height] = size;
  const segments: RecordedSegment[] = lists.map((list) => ({
    width,
    height,
    startMs: list[0]?.[0] ?? 0,
    endMs: list.at(-1)?.[0] ?? 0,
    updates: list.map(([atMs, bytes]) => [atMs, bytes.length, 1]),
  }));
  const bytes = lists.map((list) => new Uint8Array(Buffer.concat(list.map(([, each]) => each))));
  return { segments, load: async (segment: number) => bytes[segment] ?? new Uint8Array() };
}

/** A rectangle whose pixels all differ, from this number on. */
function noise(place: [number, number, number, number], from: number): Buffer {
  const rect = rawRect(place, 0);
  for (let at = 12; at < rect.length; at += 4) {
    const value = (from + at) * 2_654_435_761;
    rect.writeUIntLE(value % 2 ** 24, at, 3);
  }
  return rect;
}

const whole = { fromMs: 0, toMs: 10_000, speed: 1, skips: false };

async function gifOf(
  { segments, load }: ReturnType<typeof recordingOf>,
  wish: Partial<typeof whole> = {},
  mostBytes = 1e9,
) {
  const plan = planFilm(segments, { ...whole, ...wish });
  if (plan === null) throw new Error("no plan");
  const film = new GifFilm();
  const made = await makeFilm({ plan, film, load, mostBytes, onPicture: () => undefined });
  return { ...made, plan, ...readGif(new Uint8Array(await made.blob.arrayBuffer())) };
}

/** What the test's other decoder paints, in the reader's pixels. */
function painted(width: number, height: number, ...updates: Buffer[]): Uint32Array {
  const { rgb } = paint(Buffer.concat(updates), width, height);
  return Uint32Array.from({ length: width * height }, (_, at) => rgb.readUIntLE(at * 3, 3));
}

describe("a GIF", () => {
  const first = update(rawRect([0, 0, 40, 30], 7));
  const second = update(rawRect([5, 6, 3, 2], 90), rawRect([9, 6, 2, 2], 91));
  const third = update(noise([20, 10, 8, 8], 1));

  test("shows each change for as long as it stood, and paints nothing else", async () => {
    const recording = recordingOf(
      [40, 30],
      [
        [0, first],
        [1_000, second],
        [4_500, third],
      ],
    );
    const { width, height, pictures } = await gifOf(recording);
    expect([width, height]).toEqual([40, 30]);
    expect(pictures.map(({ delayMs, part }) => ({ delayMs, part }))).toEqual([
      { delayMs: 1_000, part: [0, 0, 40, 30] },
      { delayMs: 3_500, part: [5, 6, 6, 2] },
      { delayMs: 5_500, part: [20, 10, 8, 8] },
    ]);
    expect(pictures[0]?.pixels).toEqual(painted(40, 30, first));
    expect(pictures[1]?.pixels).toEqual(painted(40, 30, first, second));
    expect(pictures[2]?.pixels).toEqual(painted(40, 30, first, second, third));
  });

  test("costs no picture for what is painted anew and is the same", async () => {
    const recording = recordingOf(
      [40, 30],
      [[0, first]],
      [
        [3_000, first],
        [3_200, third],
      ],
    );
    const { pictures } = await gifOf(recording);
    expect(pictures.map(({ delayMs }) => delayMs)).toEqual([3_200, 6_800]);
  });

  test("is exact up to 256 colours at once, and near beyond", async () => {
    for (const [side, most] of [
      [16, 0],
      [64, 24],
    ] as const) {
      const one = update(noise([0, 0, side, side], 5));
      const { pictures } = await gifOf(recordingOf([side, side], [[0, one]]));
      const [shown, real] = [pictures[0]?.pixels ?? [], painted(side, side, one)];
      let off = 0;
      for (const [at, colour] of real.entries()) {
        for (const shift of [0, 8, 16]) {
          off += Math.abs(((colour >> shift) & 255) - (((shown[at] ?? 0) >> shift) & 255));
        }
      }
      expect(off / real.length / 3).toBeLessThanOrEqual(most);
    }
  });

  test("stands for longer than one frame can", async () => {
    const { pictures, lengthMs } = await gifOf(recordingOf([40, 30], [[0, first]]), {
      toMs: 1_500_000,
    });
    expect(pictures.reduce((sum, { delayMs }) => sum + delayMs, 0)).toBe(1_500_000);
    expect(lengthMs).toBe(1_500_000);
    for (const { pixels } of pictures) expect(pixels).toEqual(painted(40, 30, first));
  });

  test("of a part, faster and without stillness", async () => {
    const recording = recordingOf(
      [40, 30],
      [
        [0, first],
        [1_000, second],
      ],
      [
        [600_000, update(rawRect([0, 0, 40, 30], 7))],
        [601_000, third],
        [601_050, second],
      ],
    );
    const { pictures } = await gifOf(recording, {
      fromMs: 1_500,
      toMs: 601_500,
      speed: 2,
      skips: true,
    });
    expect(pictures.map(({ delayMs }) => delayMs)).toEqual([1_000, 500, 100, 200]);
    expect(pictures[0]?.pixels).toEqual(painted(40, 30, first, second));
    expect(pictures[3]?.pixels).toEqual(painted(40, 30, first, third, second));
  });

  test("ends where it would be too large, and says so", async () => {
    const list = Array.from({ length: 9 }, (_, at): [number, Buffer] => [
      at * 1_000,
      update(noise([0, 0, 16, 16], at * 99)),
    ]);
    const { cut, pictures, lengthMs } = await gifOf(recordingOf([16, 16], list), {}, 3_000);
    expect(cut).toBe(true);
    expect(pictures.length).toBeLessThan(9);
    expect(pictures.reduce((sum, { delayMs }) => sum + delayMs, 0)).toBe(lengthMs);
  });

  test("of a screen that changes its size is as large as the largest", async () => {
    const small = recordingOf([40, 30], [[0, first]]);
    const large = recordingOf([50, 20], [[1_000, update(rawRect([0, 0, 50, 20], 3))]]);
    const segments = [...small.segments, ...large.segments];
    const load = (segment: number) => (segment === 0 ? small.load(0) : large.load(0));
    const { width, height, pictures } = await gifOf({ segments, load });
    expect([width, height]).toEqual([50, 30]);
    const last = pictures[1]?.pixels;
    expect([last?.[0], last?.[49], last?.[29 * 50]]).toEqual([0x030303, 0x030303, 0]);
  });
});

test("the painter agrees with another decoder, in tiles too", () => {
  const tile = (...bytes: number[]) => Buffer.from(bytes);
  const back = [10, 20, 30, 0];
  const front = [200, 100, 50, 0];
  const updates = [
    update(
      hextileRect(
        [0, 0, 20, 18],
        tile(2 | 4 | 8, ...back, ...front, 2, 0x00, 0x32, 0x45, 0x11),
        tile(8 | 16, 1, ...[1, 2, 3, 0], 0x11, 0x00),
        tile(0),
        Buffer.concat([tile(1), Buffer.alloc(4 * 2 * 4, 77)]),
      ),
    ),
    update(rawRect([3, 3, 4, 4], 9)),
  ];
  const painter = new ScreenPainter(20, 18);
  for (const each of updates) painter.paint(new Uint8Array(each));
  expect(painter.pixels).toEqual(painted(20, 18, ...updates));

  // Over each other, both ways.
  const before = painter.pixels.slice();
  painter.paint(new Uint8Array(update(resizeRect(20, 18), copyRect([2, 4, 10, 10], [1, 2]))));
  painter.takeChanged();
  for (let y = 0; y < 10; y += 1) {
    expect(painter.pixels.subarray((y + 4) * 20 + 2, (y + 4) * 20 + 12)).toEqual(
      before.subarray((y + 2) * 20 + 1, (y + 2) * 20 + 11),
    );
  }
  painter.paint(new Uint8Array(update(copyRect([1, 2, 10, 10], [2, 4]))));
  expect(painter.takeChanged()).toEqual({ left: 1, top: 2, right: 11, bottom: 12 });
  for (let y = 0; y < 10; y += 1) {
    expect(painter.pixels.subarray((y + 2) * 20 + 1, (y + 2) * 20 + 11)).toEqual(
      before.subarray((y + 2) * 20 + 1, (y + 2) * 20 + 11),
    );
  }
});

test.each([
  ["what lies beside the screen", update(rawRect([15, 0, 6, 4], 1))],
  [
    "an encoding that is not recorded",
    update(Buffer.concat([rawRect([0, 0, 1, 1], 1).subarray(0, 8), Buffer.from([0, 0, 0, 7])])),
  ],
  ["an update that is not whole", update(rawRect([0, 0, 4, 4], 1)).subarray(0, 30)],
])("the painter refuses %s", (_, bytes) => {
  expect(() => new ScreenPainter(20, 18).paint(new Uint8Array(bytes))).toThrow(RangeError);
});

test("a film that cannot be made fails, whichever format it has", async () => {
  const { segments } = recordingOf([4, 4], [[0, update(rawRect([0, 0, 4, 4], 1))]]);
  const plan = planFilm(segments, whole);
  const film: Film = { bytes: 0, add: () => undefined, finish: async () => new Blob() };
  const load = () => Promise.reject(new Error("gone"));
  if (plan === null) throw new Error("no plan");
  await expect(
    makeFilm({ plan, film, load, mostBytes: 1, onPicture: () => undefined }),
  ).rejects.toThrow("gone");
});

test("a plan shows the last of what changes too often, and nothing of no recording", () => {
  const { segments } = recordingOf(
    [4, 4],
    [0, 10, 20, 30, 130, 990].map((atMs): [number, Buffer] => [atMs, Buffer.alloc(1)]),
  );
  const plan = planFilm(segments, { ...whole, toMs: 1_000 });
  expect(plan?.pictures.map(({ updates, atMs }) => [updates, atMs])).toEqual([
    [1, 0],
    [4, 100],
    [5, 200],
    [6, 1_000],
  ]);
  expect(plan?.lengthMs).toBe(1_100);
  expect(planFilm([], whole)).toBeNull();
});

test("a time is typed as it is shown", () => {
  for (const ms of [0, 500, 61_000, 3_723_400]) expect(parseMoment(formatMoment(ms))).toBe(ms);
  expect(parseMoment("90")).toBe(90_000);
  for (const wrong of ["", "a", "1:2:3:4", "-1", "1:"]) expect(parseMoment(wrong)).toBeNull();
});
