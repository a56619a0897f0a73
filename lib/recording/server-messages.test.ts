import fc from "fast-check";
import { expect, test } from "vitest";
import { type ServerListener, ServerMessages } from "./server-messages";
import {
  copyRect,
  hello,
  hextileRect,
  rawRect,
  rectOf,
  resizeRect,
  update,
} from "./testing/fake-screen";

interface Heard {
  replies: Buffer[];
  sizes: string[];
  updates: { text: Buffer; pixels: number; bytes: number; resized: boolean }[];
}

function listen(): { heard: Heard; messages: ServerMessages } {
  const heard: Heard = { replies: [], sizes: [], updates: [] };
  let text: Buffer[] = [];
  const listener: ServerListener = {
    reply: (answer) => heard.replies.push(answer),
    ready: ({ width, height }) => heard.sizes.push(`${width}x${height}`),
    began() {
      text = [];
    },
    bytes: (chunk) => text.push(Buffer.from(chunk)),
    ended: (facts) => heard.updates.push({ text: Buffer.concat(text), ...facts }),
  };
  return { heard, messages: new ServerMessages(listener) };
}

function run(stream: Buffer, size = stream.length): Heard {
  const { heard, messages } = listen();
  for (let at = 0; at < stream.length; at += size) {
    messages.push(Buffer.from(stream.subarray(at, at + size)));
  }
  return heard;
}

const colour = Buffer.from([1, 2, 3, 0]);
const tile = (kind: number, ...rest: (Buffer | number[])[]) =>
  Buffer.concat([Buffer.from([kind]), ...rest.map((each) => Buffer.from(each))]);
/** 20 × 20 pixels are four tiles: raw, one colour, plain parts and coloured parts. */
const tiles = [
  tile(1, Buffer.alloc(16 * 16 * 4, 7)),
  tile(2, colour),
  tile(2 | 4 | 8, colour, colour, [2], [0x00, 0x33], [0x11, 0x00]),
  tile(8 | 16, [1], colour, [0x00, 0x33]),
];
const bell = Buffer.from([2]);
const cutText = Buffer.from([3, 0, 0, 0, 0, 0, 0, 2, 104, 105]);
const colours = Buffer.from([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);

const pictures = [
  update(rawRect([0, 0, 40, 30], 9)),
  update(hextileRect([20, 10, 20, 20], ...tiles), copyRect([0, 0, 5, 5], [1, 1])),
  update(),
];

test.each([1, 2, 7, 13, 4_096])("a server's stream in pieces of %d bytes", (size) => {
  const stream = Buffer.concat([
    hello(40, 30),
    bell,
    pictures[0] as Buffer,
    cutText,
    colours,
    ...pictures.slice(1),
    update(resizeRect(8, 8)),
    update(rawRect([0, 0, 8, 8], 1)),
  ]);
  const heard = run(stream, size);
  expect(Buffer.concat(heard.replies)).toEqual(
    Buffer.concat([Buffer.from("RFB 003.008\n"), Buffer.from([1]), Buffer.from([1])]),
  );
  expect(heard.sizes).toEqual(["40x30"]);
  expect(heard.updates.map(({ pixels, resized }) => [pixels, resized])).toEqual([
    [1_200, false],
    [425, false],
    [0, false],
    [0, true],
    [64, false],
  ]);
  expect(heard.updates.slice(0, 3).map((each) => each.text)).toEqual(pictures);
  for (const { text, bytes } of heard.updates) expect(bytes).toBe(text.length);
});

const messages = (...rest: Buffer[]) => Buffer.concat([hello(40, 30), ...rest]);
const refusal = (types: number[]) =>
  Buffer.concat([Buffer.from("RFB 003.008\n"), Buffer.from(types)]);

test.each([
  ["another version", Buffer.from("RFB 003.003\n")],
  ["no security type at all", refusal([0])],
  ["a password alone", refusal([1, 2])],
  ["a refusal", refusal([1, 1, 0, 0, 0, 1])],
  ["no screen", hello(0, 30)],
  ["a screen without end", hello(65_535, 65_535)],
  ["a name without end", Buffer.concat([hello(1, 1).subarray(0, 38), Buffer.alloc(4, 255)])],
  ["a message nobody knows", messages(Buffer.from([9]))],
  ["an encoding with a memory", messages(update(rectOf([0, 0, 4, 4], 7)))],
  ["a rectangle outside", messages(update(rectOf([39, 0, 2, 2], 0)))],
  ["a new size without end", messages(update(resizeRect(65_535, 65_535)))],
  ["a clipboard without end", messages(Buffer.from([3, 0, 0, 0, 255, 0, 0, 0]))],
  ["an unknown tile", messages(update(hextileRect([0, 0, 16, 16], tile(31))))],
  [
    "coat over coat",
    messages(update(...Array.from({ length: 5 }, () => rawRect([0, 0, 40, 30], 1)))),
  ],
  ["nothing but bells", messages(...Array.from({ length: 1_001 }, () => bell))],
])("%s ends it", (_what, stream) => {
  expect(() => run(stream, 3)).toThrow(expect.objectContaining({ name: "RfbServerViolation" }));
});

test("rubbish ends in a violation or is passed on byte by byte, whatever its pieces", () => {
  const property = fc.property(
    fc.uint8Array({ maxLength: 400 }),
    fc.integer({ min: 1, max: 50 }),
    (rubbish, size) => {
      const { heard, messages } = listen();
      messages.push(hello(40, 30));
      try {
        for (let at = 0; at < rubbish.length; at += size) {
          messages.push(Buffer.from(rubbish.subarray(at, at + size)));
        }
      } catch (error) {
        expect((error as Error).name).toBe("RfbServerViolation");
      }
      const passed = heard.updates.reduce((sum, each) => sum + each.text.length, 0);
      expect(passed).toBeLessThanOrEqual(rubbish.length);
    },
  );
  fc.assert(property, { numRuns: 1_000 });
});

test("broken pictures end in a violation, or keep to what was said", () => {
  const stream = Buffer.concat(pictures);
  const property = fc.property(
    fc.array(fc.tuple(fc.nat(stream.length - 1), fc.nat(255)), { maxLength: 6 }),
    (flips) => {
      const broken = Buffer.from(stream);
      for (const [at, value] of flips) broken[at] = value;
      try {
        const heard = run(Buffer.concat([hello(40, 30), broken]), 11);
        const passed = heard.updates.reduce((sum, each) => sum + each.bytes, 0);
        expect(passed).toBeLessThanOrEqual(broken.length);
      } catch (error) {
        expect((error as Error).name).toBe("RfbServerViolation");
      }
    },
  );
  fc.assert(property, { numRuns: 500 });
});
