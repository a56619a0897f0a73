import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FrameParser } from "./frame";
import { type ClientFrame, clientClose, clientFrame } from "./testing/client-frame";
import { type Parsed, parseAll } from "./testing/parse-all";

const text = (payload: string, more: Partial<ClientFrame> = {}) =>
  clientFrame({ opcode: 1, payload, ...more });
const binary = (payload: Uint8Array, more: Partial<ClientFrame> = {}) =>
  clientFrame({ opcode: 2, payload, ...more });
const next = (payload: Uint8Array | string, final: boolean) =>
  clientFrame({ opcode: 0, payload, final });
const ping = (payload: Uint8Array | string = "") => clientFrame({ opcode: 9, payload });
const fail = (code: number): Parsed => ({ type: "fail", code });
const latin1 = (payload: Uint8Array | string) => Buffer.from(payload).toString("latin1");
const gotText = (payload: string): Parsed => ({ type: "text", payload: latin1(payload) });
const gotBinary = (payload: Uint8Array): Parsed => ({ type: "binary", payload: latin1(payload) });
const gotPing = (payload: Uint8Array | string = ""): Parsed => ({
  type: "ping",
  payload: latin1(payload),
});
const filled = (length: number) => Buffer.alloc(length, 0xa5);
const greek = "κόσμε 😀 \u{10ffff}";

interface Case {
  name: string;
  bytes: Buffer[];
  expected: Parsed[];
}

/** The subjects of the Autobahn test suite, in its order, for the receiving side of a server. */
const cases: Case[] = [
  // 1 framing
  ...[0, 1, 125, 126, 127, 128, 65_535, 65_536, 1024 * 1024].flatMap((length): Case[] => [
    {
      name: `binary of ${length} bytes`,
      bytes: [binary(filled(length))],
      expected: [gotBinary(filled(length))],
    },
  ]),
  ...[0, 125, 126, 127, 65_536].map(
    (length): Case => ({
      name: `text of ${length} characters`,
      bytes: [text("*".repeat(length))],
      expected: [gotText("*".repeat(length))],
    }),
  ),
  {
    name: "length in 3 bytes where 1 is enough",
    bytes: [binary(filled(5), { lengthBytes: 3 })],
    expected: [fail(1002)],
  },
  {
    name: "length in 9 bytes where 3 are enough",
    bytes: [binary(filled(300), { lengthBytes: 9 })],
    expected: [fail(1002)],
  },
  {
    name: "frame without a mask",
    bytes: [binary(filled(5), { masked: false })],
    expected: [fail(1002)],
  },
  {
    name: "mask of zeros",
    bytes: [binary(filled(5), { key: [0, 0, 0, 0] })],
    expected: [gotBinary(filled(5))],
  },
  // 2 pings and pongs
  { name: "ping without payload", bytes: [ping()], expected: [gotPing()] },
  { name: "ping with binary payload", bytes: [ping(filled(9))], expected: [gotPing(filled(9))] },
  { name: "ping of 125 bytes", bytes: [ping(filled(125))], expected: [gotPing(filled(125))] },
  { name: "ping of 126 bytes", bytes: [ping(filled(126))], expected: [fail(1002)] },
  {
    name: "pong that nobody asked for, then a ping",
    bytes: [clientFrame({ opcode: 10, payload: "x" }), ping("y")],
    expected: [{ type: "pong", payload: "x" }, gotPing("y")],
  },
  {
    name: "ten pings",
    bytes: Array.from({ length: 10 }, (_, index) => ping(`${index}`)),
    expected: Array.from({ length: 10 }, (_, index) => gotPing(`${index}`)),
  },
  // 3 reserved bits
  ...[1, 2, 3, 4, 5, 6, 7].map(
    (reserved): Case => ({
      name: `reserved bits ${reserved}`,
      bytes: [binary(filled(3), { reserved })],
      expected: [fail(1002)],
    }),
  ),
  {
    name: "reserved bit in a close frame",
    bytes: [clientFrame({ opcode: 8, reserved: 4 })],
    expected: [fail(1002)],
  },
  // 4 opcodes
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map(
    (opcode): Case => ({
      name: `reserved opcode ${opcode}`,
      bytes: [text("before"), clientFrame({ opcode, payload: "x" }), ping()],
      expected: [gotText("before"), fail(1002)],
    }),
  ),
  // 5 fragmentation
  {
    name: "ping in fragments",
    bytes: [clientFrame({ opcode: 9, final: false })],
    expected: [fail(1002)],
  },
  {
    name: "pong in fragments",
    bytes: [clientFrame({ opcode: 10, final: false })],
    expected: [fail(1002)],
  },
  {
    name: "text in two fragments",
    bytes: [text("ab", { final: false }), next("cd", true)],
    expected: [gotText("abcd")],
  },
  {
    name: "text in fragments with pings between",
    bytes: [
      text("ab", { final: false }),
      ping("1"),
      next("cd", false),
      ping("2"),
      next("", false),
      next("ef", true),
    ],
    expected: [gotPing("1"), gotPing("2"), gotText("abcdef")],
  },
  {
    name: "empty fragments only",
    bytes: [text("", { final: false }), next("", false), next("", true)],
    expected: [gotText("")],
  },
  { name: "continuation of nothing", bytes: [next("x", true)], expected: [fail(1002)] },
  {
    name: "continuation of nothing, not final",
    bytes: [next("x", false)],
    expected: [fail(1002)],
  },
  {
    name: "continuation after a finished message",
    bytes: [text("a", { final: false }), next("b", true), next("c", true)],
    expected: [gotText("ab"), fail(1002)],
  },
  {
    name: "new message inside a message",
    bytes: [text("a", { final: false }), text("b")],
    expected: [fail(1002)],
  },
  // 6 UTF-8
  { name: "text in many scripts", bytes: [text(greek)], expected: [gotText(greek)] },
  {
    name: "text cut inside every character",
    bytes: [
      text("", { final: false }),
      ...[...Buffer.from(greek)].map((byte) => next(Buffer.from([byte]), false)),
      next("", true),
    ],
    expected: [gotText(greek)],
  },
  ...[
    ["lone continuation byte", [0x80]],
    ["lead byte alone", [0xce]],
    ["overlong slash", [0xc0, 0xaf]],
    ["overlong in three bytes", [0xe0, 0x80, 0xaf]],
    ["overlong in four bytes", [0xf0, 0x80, 0x80, 0xaf]],
    ["surrogate", [0xed, 0xa0, 0x80]],
    ["beyond U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
    ["five byte form", [0xf8, 0x88, 0x80, 0x80, 0x80]],
    ["byte 0xff", [0xff]],
    ["character cut off at the end", [0xf0, 0x9f, 0x98]],
  ].map(
    ([name, bytes]): Case => ({
      name: `text with ${name}`,
      bytes: [clientFrame({ opcode: 1, payload: Buffer.from(bytes as number[]) })],
      expected: [fail(1007)],
    }),
  ),
  {
    name: "fault in an early fragment is found before the message ends",
    bytes: [clientFrame({ opcode: 1, payload: Buffer.from([0xff]), final: false })],
    expected: [fail(1007)],
  },
  // 7 closing
  {
    name: "close without a code",
    bytes: [clientFrame({ opcode: 8 })],
    expected: [{ type: "close", code: null, reason: "" }],
  },
  {
    name: "close with code and reason",
    bytes: [clientClose(1000, "tschüß")],
    expected: [{ type: "close", code: 1000, reason: "tschüß" }],
  },
  {
    name: "close with the longest reason",
    bytes: [clientClose(1000, "*".repeat(123))],
    expected: [{ type: "close", code: 1000, reason: "*".repeat(123) }],
  },
  {
    name: "close of one byte",
    bytes: [clientFrame({ opcode: 8, payload: "x" })],
    expected: [fail(1002)],
  },
  { name: "close of 126 bytes", bytes: [clientClose(1000, filled(124))], expected: [fail(1002)] },
  {
    name: "close with a reason that is not UTF-8",
    bytes: [clientClose(1000, Buffer.from([0xce]))],
    expected: [fail(1007)],
  },
  {
    name: "nothing counts after a close",
    bytes: [text("a"), clientClose(1000), text("b"), ping()],
    expected: [gotText("a"), { type: "close", code: 1000, reason: "" }],
  },
  {
    name: "close inside a fragmented message",
    bytes: [text("a", { final: false }), clientClose(1001)],
    expected: [{ type: "close", code: 1001, reason: "" }],
  },
  ...[1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999].map(
    (code): Case => ({
      name: `close code ${code}`,
      bytes: [clientClose(code)],
      expected: [{ type: "close", code, reason: "" }],
    }),
  ),
  ...[0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535].map(
    (code): Case => ({
      name: `close code ${code} is refused`,
      bytes: [clientClose(code)],
      expected: [fail(1002)],
    }),
  ),
  // 9 limits
  {
    name: "frame above the limit, by its header alone",
    bytes: [binary(filled(0), { claimedLength: 1024 * 1024 + 1 })],
    expected: [fail(1009)],
  },
  {
    name: "frame of 2^63 bytes",
    bytes: [binary(filled(0), { claimedLength: 2 ** 63 })],
    expected: [fail(1009)],
  },
  {
    name: "fragments that sum up above the limit",
    bytes: [
      binary(filled(1024 * 1024), { final: false }),
      clientFrame({ opcode: 0, payload: "x", final: true }),
    ],
    expected: [fail(1009)],
  },
];

describe.each([
  ["in one piece", undefined],
  ["a byte at a time", 1],
  ["7 bytes at a time", 7],
])("frames delivered %s", (_, size) => {
  test.each(cases)("$name", ({ bytes, expected }) => {
    expect(parseAll(Buffer.concat(bytes), size)).toEqual(expected);
  });
});

test("a binary-only parser refuses text with 1003", () => {
  expect(parseAll(text("x"), 1, { acceptText: false })).toEqual([fail(1003)]);
});

test("any sequence of messages survives any chunking", () => {
  const frames = fc.array(
    fc.record({
      payload: fc.uint8Array({ maxLength: 400 }),
      key: fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)),
      fragments: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 12 },
  );
  const property = fc.property(frames, fc.integer({ min: 1, max: 700 }), (messages, size) => {
    const bytes = messages.flatMap(({ payload, key, fragments }) => {
      const part = Math.ceil(payload.length / fragments);
      return Array.from({ length: fragments }, (_, index) =>
        clientFrame({
          opcode: index === 0 ? 2 : 0,
          final: index === fragments - 1,
          payload: payload.subarray(index * part, (index + 1) * part),
          key,
        }),
      );
    });
    const expected = messages.map(({ payload }) => gotBinary(payload));
    expect(parseAll(Buffer.concat(bytes), size)).toEqual(expected);
  });
  fc.assert(property, { numRuns: 300 });
});

test("rubbish never throws, and delivers never more than came in", () => {
  const property = fc.property(
    fc.uint8Array({ maxLength: 2_000 }),
    fc.integer({ min: 1, max: 64 }),
    (bytes, size) => {
      const parsed = parseAll(Buffer.from(bytes), size);
      const delivered = parsed.reduce(
        (sum, each) => sum + ("payload" in each ? each.payload.length : 0),
        0,
      );
      expect(delivered).toBeLessThanOrEqual(bytes.length);
      const ends = parsed.filter((each) => each.type === "fail" || each.type === "close");
      expect(ends.length).toBeLessThanOrEqual(1);
    },
  );
  fc.assert(property, { numRuns: 1_000 });
});

test("neighbouring frames of one chunk become one run of payload", () => {
  const runs: string[] = [];
  const parser = new FrameParser({
    data: (payload) => runs.push(payload.toString("latin1")),
    ping: () => undefined,
    pong: () => undefined,
    close: () => undefined,
    fail: (code) => runs.push(`failed with ${code}`),
  });
  const bytes = ["key", "ping", "down", "x".repeat(200), "up"].map((payload) =>
    payload === "ping" ? ping() : binary(Buffer.from(payload)),
  );
  parser.push(Buffer.concat(bytes));
  expect(runs).toEqual([`keydown${"x".repeat(200)}up`]);
});

test("an unfinished frame is known by its number until its end arrives", () => {
  const ignore = () => undefined;
  const parser = new FrameParser({
    data: ignore,
    ping: ignore,
    pong: ignore,
    close: ignore,
    fail: ignore,
  });
  const frame = binary(filled(10));
  expect(parser.unfinishedFrame).toBeNull();
  parser.push(Buffer.from(frame.subarray(0, 1)));
  const first = parser.unfinishedFrame;
  expect(first).not.toBeNull();
  parser.push(Buffer.from(frame.subarray(1, 12)));
  expect(parser.unfinishedFrame).toBe(first);
  parser.push(Buffer.concat([frame.subarray(12), frame.subarray(0, 3)]));
  expect(parser.unfinishedFrame).not.toBe(first);
  expect(parser.unfinishedFrame).not.toBeNull();
});

test("short messages taken at once are what they are one by one, between others and in any chunking", () => {
  const message = fc.record({
    // What is typed is short; 125 and 126 are where the header changes.
    payload: fc.oneof(fc.uint8Array({ maxLength: 12 }), fc.uint8Array({ maxLength: 130 })),
    key: fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)),
    kind: fc.constantFrom("message", "message", "message", "fragments", "ping"),
  });
  const property = fc.property(
    fc.array(message, { maxLength: 30 }),
    fc.integer({ min: 1, max: 3_000 }),
    (messages, size) => {
      const bytes = Buffer.concat(
        messages.map(({ payload, key, kind }) => {
          if (kind === "ping") return clientFrame({ opcode: 9, payload: "?", key });
          if (kind === "message") return binary(payload, { key });
          const first = binary(payload, { key, final: false });
          return Buffer.concat([first, clientFrame({ opcode: 0, payload, key })]);
        }),
      );
      const runs: Buffer[] = [];
      let pings = 0;
      const parser = new FrameParser({
        data: (run) => runs.push(Buffer.from(run)),
        ping: () => {
          pings += 1;
        },
        pong: () => undefined,
        close: () => undefined,
        fail: (code) => {
          throw new Error(`refused with ${code}`);
        },
      });
      for (let at = 0; at < bytes.length; at += size) {
        parser.push(Buffer.from(bytes.subarray(at, at + size)));
      }
      const wanted = messages.flatMap(({ payload, kind }) =>
        kind === "ping" ? [] : kind === "fragments" ? [payload, payload] : [payload],
      );
      expect(Buffer.concat(runs).equals(Buffer.concat(wanted))).toBe(true);
      expect(pings).toBe(messages.filter(({ kind }) => kind === "ping").length);
      expect(parser.unfinishedFrame).toBeNull();
    },
  );
  fc.assert(property, { numRuns: 500 });
});
