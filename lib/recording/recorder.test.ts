import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { readPacked, readSegments } from "./read-recording";
import { type Pace, type Recorded, type RecordingEnd, record } from "./recorder";
import {
  type FakeScreen,
  fakeScreen,
  hello,
  rawRect,
  resizeRect,
  update,
} from "./testing/fake-screen";

const pace: Pace = {
  everyMs: 1,
  bytesPerSecond: 1e9,
  segmentMs: 60_000,
  segmentBytes: 1e6,
  recordingMs: 60_000,
  recordingBytes: 1e9,
};

interface Running {
  path: string;
  screen: FakeScreen;
  ended: Promise<{ end: RecordingEnd } & Recorded>;
  stop(): void;
}

/** Records a screen of 4 × 4 that answers a request for all of it, and others by `changes`. */
function start(
  changes: (screen: FakeScreen) => void,
  options: { pace?: Partial<Pace>; hasRoom?: () => Promise<boolean> } = {},
): Running {
  const folder = mkdtempSync(join(tmpdir(), "portico-recording-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "a.rec");
  const abort = new AbortController();
  const screen = fakeScreen((whole, from) =>
    whole ? from.say(update(rawRect([0, 0, 4, 4], 1))) : changes(from),
  );
  screen.say(hello(4, 4));
  const { hasRoom } = options;
  const ended = record({
    path,
    target: screen.target,
    pace: { ...pace, ...options.pace },
    signal: abort.signal,
    ...(hasRoom && { hasRoom }),
  });
  // Who waits for it is told.
  ended.catch(() => undefined);
  return { path, screen, ended, stop: () => abort.abort() };
}

const dot = (value: number) => update(rawRect([1, 1, 1, 1], value));

/** Says these changes, one for each request, then nothing more. */
function changesThen(said: readonly Buffer[], last: (screen: FakeScreen) => void) {
  const left = [...said];
  return (screen: FakeScreen) => {
    const next = left.shift();
    if (next === undefined) last(screen);
    else screen.say(next);
  };
}

async function unpacked(path: string, position: number): Promise<Buffer> {
  return gunzipSync((await readPacked(path, position)) ?? Buffer.alloc(0));
}

test("a recording begins with the whole screen, and the file is its owner's alone", async () => {
  const running = start(changesThen([dot(5), dot(6)], (screen) => screen.cut()));
  expect(await running.ended).toMatchObject({ end: "screen_gone", segments: 1 });
  expect(running.screen.requests).toEqual([true, false, false, false]);
  expect(await unpacked(running.path, 0)).toEqual(
    Buffer.concat([update(rawRect([0, 0, 4, 4], 1)), dot(5), dot(6)]),
  );
  const [segment] = await readSegments(running.path);
  expect(segment?.index.map(({ changed }) => changed)).toEqual([1_000, 63, 63]);
  expect(segment).toMatchObject({ width: 4, height: 4, updates: 3 });
  expect(statSync(running.path).mode & 0o777).toBe(0o600);
});

test("nothing that reaches the guest is said", async () => {
  const running = start(changesThen([dot(5)], (screen) => screen.cut()));
  await running.ended;
  // Version, None, shared, then pixel format, encodings and requests for updates alone.
  const sent = running.screen.sent.map((each) => each.length);
  expect(sent).toEqual([12, 1, 1, 40, 10, 10, 10]);
});

test("each segment begins with the whole screen", async () => {
  const big = update(rawRect([0, 0, 4, 4], 2));
  const running = start(
    changesThen([big, big, big, dot(7), big, dot(9)], (s) => s.cut()),
    {
      pace: { segmentBytes: 100 },
    },
  );
  await running.ended;
  const segments = await readSegments(running.path);
  expect(segments.length).toBeGreaterThan(1);
  for (const position of segments.keys()) {
    const raw = await unpacked(running.path, position);
    expect(raw.subarray(0, 80)).toEqual(update(rawRect([0, 0, 4, 4], 1)));
  }
});

test("a screen that stands still ends its segment by time, and the next begins with a change", async () => {
  let asked: FakeScreen | undefined;
  const running = start(
    (screen) => {
      asked = screen;
    },
    { pace: { segmentMs: 20 } },
  );
  await expect.poll(async () => (await readSegments(running.path)).length).toBe(1);
  await expect.poll(() => asked).toBeDefined();
  expect(running.screen.requests).toEqual([true, false]);
  asked?.say(dot(3));
  await expect.poll(() => running.screen.requests).toEqual([true, false, true, false]);
  running.stop();
  expect(await running.ended).toMatchObject({ end: "stopped", segments: 2 });
});

test("another size begins another segment", async () => {
  const running = start(
    changesThen([dot(1), update(rawRect([0, 0, 1, 1], 1), resizeRect(8, 8))], (s) => s.cut()),
  );
  // From then on the whole screen is larger than what the fake one answers.
  await expect.poll(() => running.screen.requests.length).toBeGreaterThan(4);
  running.stop();
  const segments = await readSegments(running.path);
  expect(segments.map(({ width, updates }) => [width, updates])).toEqual([[4, 2]]);
});

test("it ends when it is full, and when there is no room", async () => {
  const forever = (screen: FakeScreen) => screen.say(dot(4));
  const full = start(forever, { pace: { segmentBytes: 100, recordingBytes: 200 } });
  expect(await full.ended).toMatchObject({ end: "full" });
  const late = start(forever, { pace: { recordingMs: 20 } });
  expect(await late.ended).toMatchObject({ end: "full", segments: 1 });
  const none = start(forever, { hasRoom: async () => false });
  expect(await none.ended).toMatchObject({ end: "no_room", segments: 0 });
});

test("a file that was cut off anywhere has its whole segments", async () => {
  const forever = (screen: FakeScreen) => screen.say(dot(4));
  const running = start(forever, { pace: { segmentBytes: 200, recordingBytes: 1_000 } });
  await running.ended;
  const whole = await readSegments(running.path);
  for (let size = statSync(running.path).size - 1; size >= 0; size -= 7) {
    truncateSync(running.path, size);
    const left = await readSegments(running.path);
    expect(left).toEqual(whole.slice(0, left.length));
  }
  expect(await readSegments(running.path)).toEqual([]);
});

test("a damaged segment is not given out", async () => {
  const running = start(changesThen([dot(5)], (screen) => screen.cut()));
  await running.ended;
  const bytes = readFileSync(running.path);
  bytes[16 + 36 + 20] = (bytes[16 + 36 + 20] ?? 0) ^ 1;
  writeFileSync(running.path, bytes);
  expect(await readPacked(running.path, 0)).toBeNull();
  expect(await readPacked(running.path, 1)).toBeNull();
});

test("a server that does what was not asked for ends it, and what was whole stays", async () => {
  const unasked = start((screen) => {
    screen.say(dot(1));
    screen.say(dot(2));
    screen.say(dot(3));
  });
  await expect(unasked.ended).rejects.toThrow("not asked for");
  expect(unasked.screen.target.socket.destroyed).toBe(true);
  const rubbish = start((screen) => screen.say(Buffer.from([77])));
  await expect(rubbish.ended).rejects.toThrow("RFB message 77");
});
