import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RfbFilter } from "./rfb-filter";

const bytes = (...values: number[]) => Buffer.from(values);
const hello = Buffer.concat([Buffer.from("RFB 003.008\n"), bytes(1), bytes(0)]);
const shared = Buffer.concat([Buffer.from("RFB 003.008\n"), bytes(1), bytes(1)]);

const pixelFormat = bytes(0, 0, 0, 0, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0);
const update = bytes(3, 1, 0, 0, 0, 0, 2, 208, 1, 144);
const key = bytes(4, 1, 0, 0, 0, 0, 0, 97);
const pointer = bytes(5, 1, 0, 10, 0, 20);
const cut = Buffer.concat([bytes(6, 0, 0, 0, 0, 0, 0, 5), Buffer.from("hello")]);
const extendedCut = Buffer.concat([bytes(6, 0, 0, 0), int32(-8), bytes(1, 0, 0, 1, 0, 0, 0, 0)]);
const continuous = bytes(150, 1, 0, 0, 0, 0, 2, 208, 1, 144);
const fence = bytes(248, 0, 0, 0, 128, 0, 0, 1, 3, 7, 7, 7);
const xvp = bytes(250, 0, 1, 2);
const desktopSize = Buffer.concat([bytes(251, 0, 4, 0, 3, 0, 1, 0), Buffer.alloc(16, 9)]);
const extendedKey = bytes(255, 0, 0, 1, 0, 0, 0, 97, 0, 0, 0, 30);
const audioOn = bytes(255, 1, 0, 0);
const audioFormat = bytes(255, 1, 0, 2, 3, 2, 0, 0, 172, 68);

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

function encodings(...list: number[]): Buffer {
  const head = bytes(2, 0, list.length >> 8, list.length & 255);
  return Buffer.concat([head, ...list.map(int32)]);
}

function run(filter: RfbFilter, sent: Buffer, size = sent.length): Buffer {
  const passed: Buffer[] = [];
  for (let at = 0; at < sent.length; at += size) {
    passed.push(Buffer.from(filter.push(Buffer.from(sent.subarray(at, at + size)))));
  }
  return Buffer.concat(passed);
}

describe.each([
  ["in one piece", undefined],
  ["a byte at a time", 1],
  ["5 bytes at a time", 5],
])("RFB client messages delivered %s", (_, size) => {
  test("the shared flag is set and the rest passes for who may control", () => {
    const sent = Buffer.concat([hello, key, bytes(199, 198, 197)]);
    const expected = Buffer.concat([shared, key, bytes(199, 198, 197)]);
    expect(run(new RfbFilter(false), sent, size)).toEqual(expected);
  });

  test("a client of version 3.3 chooses no security type", () => {
    const version = Buffer.from("RFB 003.003\n");
    const sent = Buffer.concat([version, bytes(0), key]);
    const expected = Buffer.concat([version, bytes(1), key]);
    expect(run(new RfbFilter(false), sent, size)).toEqual(expected);
  });

  test("where the handshake is over already, messages alone are expected", () => {
    const none = () => false;
    const member = new RfbFilter(false, none, true);
    expect(member.established).toBe(false);
    expect(run(member, Buffer.concat([key, update]), size)).toEqual(Buffer.concat([key, update]));
    expect(member.established).toBe(true);
    const watcher = new RfbFilter(true, none, true);
    expect(run(watcher, Buffer.concat([key, update, key]), size)).toEqual(update);
    expect(() => run(new RfbFilter(true, none, true), hello, size)).toThrow("type 82");
  });

  test.each([
    ["key", key],
    ["pointer", pointer],
    ["clipboard", cut],
    ["extended clipboard", extendedCut],
    ["power", xvp],
    ["resize", desktopSize],
    ["extended key", extendedKey],
    ["audio on", audioOn],
    ["audio format", audioFormat],
  ])("a watcher's %s message is dropped", (__, message) => {
    const sent = Buffer.concat([hello, update, message, message, update]);
    const expected = Buffer.concat([shared, update, update]);
    expect(run(new RfbFilter(true), sent, size)).toEqual(expected);
  });

  test.each([
    ["pixel format", pixelFormat],
    ["update request", update],
    ["continuous updates", continuous],
    ["fence", fence],
    ["encodings", encodings(7, -260, 16, 5, 0, -223, -308)],
    ["no encodings", encodings()],
  ])("a watcher's %s message passes", (__, message) => {
    const sent = Buffer.concat([hello, message, update]);
    expect(run(new RfbFilter(true), sent, size)).toEqual(Buffer.concat([shared, message, update]));
  });

  test("a watcher cannot turn on extended mouse buttons or the extended clipboard", () => {
    const sent = Buffer.concat([hello, encodings(7, -316, 0, 0xc0a1e5ce | 0, -223), update]);
    const none = 0x7fffffff;
    const expected = Buffer.concat([shared, encodings(7, none, 0, none, -223), update]);
    expect(run(new RfbFilter(true), sent, size)).toEqual(expected);
  });

  test.each([
    ["unknown message type", bytes(7)],
    ["too many encodings", bytes(2, 0, 255, 255)],
    ["clipboard above 1 MiB", Buffer.concat([bytes(6, 0, 0, 0), int32(1024 * 1024 + 1)])],
    [
      "clipboard of the most negative length",
      Buffer.concat([bytes(6, 0, 0, 0), int32(-(2 ** 31))]),
    ],
    ["fence above 64 bytes", bytes(248, 0, 0, 0, 0, 0, 0, 0, 65)],
    ["unknown QEMU message", bytes(255, 9, 0, 0)],
    ["unknown QEMU audio operation", bytes(255, 1, 0, 3)],
  ])("a watcher's %s ends the connection", (__, message) => {
    const sent = Buffer.concat([hello, update, message]);
    expect(() => run(new RfbFilter(true), sent, size)).toThrow(/RFB message/);
  });

  test.each([
    ["unknown version", Buffer.from("RFB 003.889\n")],
    ["no RFB at all", Buffer.from("GET / HTTP/1.1\r\n")],
    ["version of many spaces", Buffer.from("RFB   3.  8\n")],
    ["password", Buffer.concat([Buffer.from("RFB 003.008\n"), bytes(2)])],
  ])("%s in the handshake ends the connection", (__, sent) => {
    expect(() => run(new RfbFilter(false), sent, size)).toThrow(/RFB/);
  });
});

test("it is established only after ClientInit", () => {
  for (const viewOnly of [true, false]) {
    const filter = new RfbFilter(viewOnly);
    filter.push(Buffer.from(hello.subarray(0, -1)));
    expect(filter.established).toBe(false);
    filter.push(Buffer.from(hello.subarray(-1)));
    expect(filter.established).toBe(true);
  }
});

describe("while somebody else has the keyboard", () => {
  const up = bytes(4, 0, 0, 0, 0, 0, 0, 97);
  const extendedUp = bytes(255, 0, 0, 0, 0, 0, 0, 97, 0, 0, 0, 30);
  const released = bytes(5, 0, 0, 10, 0, 20);

  function mutable() {
    let muted = false;
    const filter = new RfbFilter(false, () => muted);
    filter.push(Buffer.from(hello));
    const sent = (...messages: Buffer[]) => Buffer.from(filter.push(Buffer.concat(messages)));
    return { sent, mute: (now: boolean) => (muted = now) };
  }

  test.each([1, undefined])("nothing reaches the guest, and afterwards all does", (size) => {
    let muted = true;
    const filter = new RfbFilter(false, () => muted);
    const dropped = [key, pointer, cut, xvp, desktopSize, extendedKey];
    const sent = Buffer.concat([hello, ...dropped, update]);
    expect(run(filter, sent, size)).toEqual(Buffer.concat([shared, update]));
    muted = false;
    expect(run(filter, Buffer.concat(dropped), size)).toEqual(Buffer.concat(dropped));
  });

  test("keys and buttons that were down come up, each once", () => {
    const { sent, mute } = mutable();
    sent(key, extendedKey, pointer);
    mute(true);
    expect(sent(key, up, extendedUp, up, extendedUp)).toEqual(Buffer.concat([up, extendedUp]));
    expect(sent(pointer, released, released)).toEqual(released);
  });

  test("a paste that began is passed whole, and one that did not is dropped whole", () => {
    const { sent, mute } = mutable();
    const half = sent(cut.subarray(0, 10));
    mute(true);
    expect(Buffer.concat([half, sent(cut.subarray(10), cut, update)])).toEqual(
      Buffer.concat([cut, update]),
    );
  });

  test("what cannot be told apart any more ends the connection", () => {
    const { sent, mute } = mutable();
    expect(sent(bytes(199), key)).toEqual(Buffer.concat([bytes(199), key]));
    mute(true);
    expect(() => sent(key)).toThrow(/RFB messages/);
  });
});

test("extended mouse buttons are turned on by nobody, the extended clipboard by who may type", () => {
  const clipboard = 0xc0a1e5ce | 0;
  const sent = Buffer.concat([hello, encodings(7, -316, clipboard), key]);
  const expected = Buffer.concat([shared, encodings(7, 0x7fffffff, clipboard), key]);
  expect(run(new RfbFilter(false), sent)).toEqual(expected);
});

test("whatever a watcher sends in whatever chunks, only harmless whole messages pass", () => {
  const harmless = [pixelFormat, update, continuous, fence, encodings(7, 0, -223)];
  const harmful = [key, pointer, cut, extendedCut, xvp, desktopSize, extendedKey, audioOn];
  const message = fc.oneof(
    fc.constantFrom(...harmless).map((data) => ({ data, passes: true })),
    fc.constantFrom(...harmful, audioFormat).map((data) => ({ data, passes: false })),
  );
  const property = fc.property(
    fc.array(message, { maxLength: 40 }),
    fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 }),
    (messages, sizes) => {
      const sent = Buffer.concat([hello, ...messages.map((each) => each.data)]);
      const expected = messages.filter((each) => each.passes).map((each) => each.data);
      const filter = new RfbFilter(true);
      const passed: Buffer[] = [];
      for (let at = 0, turn = 0; at < sent.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        passed.push(Buffer.from(filter.push(Buffer.from(sent.subarray(at, at + size)))));
        at += size;
      }
      expect(Buffer.concat(passed)).toEqual(Buffer.concat([shared, ...expected]));
    },
  );
  fc.assert(property, { numRuns: 300 });
});

test("large chunks pass what single bytes do, whoever has the keyboard meanwhile", () => {
  const up = bytes(4, 0, 0, 0, 0, 0, 0, 97);
  const extendedUp = bytes(255, 0, 0, 0, 0, 0, 0, 97, 0, 0, 0, 30);
  const released = bytes(5, 0, 0, 10, 0, 20);
  const often = [key, up, pointer, released, extendedKey, extendedUp, update];
  const seldom = [pixelFormat, cut, extendedCut, fence, encodings(7, -316), xvp, audioFormat];
  const message = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...often) },
    { weight: 4, arbitrary: fc.constantFrom(...seldom, audioOn, desktopSize, continuous) },
    { weight: 1, arbitrary: fc.constantFrom(bytes(199, 5), bytes(255, 9, 0, 0)) },
  );
  const chunk = fc.record({ size: fc.integer({ min: 1, max: 90 }), muted: fc.boolean() });
  const chunks = fc.array(chunk, { minLength: 1, maxLength: 20 });
  const sent = fc.array(message, { maxLength: 60 });
  const property = fc.property(fc.boolean(), sent, chunks, (viewOnly, messages, turns) => {
    let muted = false;
    const [whole, single] = [0, 1].map(() => new RfbFilter(viewOnly, () => muted)) as [
      RfbFilter,
      RfbFilter,
    ];
    const passed = (filter: RfbFilter, piece: Buffer, size: number) => {
      try {
        return run(filter, piece, size).toString("hex");
      } catch (error) {
        return (error as Error).name;
      }
    };
    const all = Buffer.concat([hello, ...messages]);
    for (let at = 0, turn = 0; at < all.length; turn += 1) {
      const { size, muted: now } = turns[turn % turns.length] as { size: number; muted: boolean };
      muted = now;
      const piece = all.subarray(at, at + size);
      const expected = passed(single, piece, 1);
      expect(passed(whole, piece, size)).toBe(expected);
      if (expected === "RfbViolation") return;
      at += size;
    }
  });
  fc.assert(property, { numRuns: 1_000 });
});

test("whole messages that nothing is done to are passed on without a copy", () => {
  const filter = new RfbFilter(false);
  filter.push(Buffer.from(hello));
  const sent = Buffer.concat([key, extendedKey, pointer, update]);
  expect(filter.push(sent)).toBe(sent);
});

test("rubbish ends in a violation or passes nothing but itself", () => {
  const property = fc.property(fc.uint8Array({ maxLength: 500 }), (rubbish) => {
    const filter = new RfbFilter(true);
    filter.push(Buffer.from(hello));
    try {
      expect(filter.push(Buffer.from(rubbish)).length).toBeLessThanOrEqual(rubbish.length);
    } catch (error) {
      expect((error as Error).name).toBe("RfbViolation");
    }
  });
  fc.assert(property, { numRuns: 1_000 });
});
