import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLibvirtError } from "../errors";
import { domainEvents, networkEvents, poolEvents } from "../protocol/events";
import { procedures } from "../protocol/procedures";
import { domainRef } from "../protocol/types";
import { type TypedParam, typedParams } from "../typed-params";
import {
  type AnyCodec,
  type Codec,
  chars,
  f64,
  fixedChars,
  flags,
  i32,
  i64,
  list,
  opaque,
  optional,
  struct,
  text,
  u32,
  u64,
  uuid,
} from "./codec";
import { Reader } from "./reader";
import { Writer } from "./writer";

function encode<In>(codec: Codec<unknown, In>, value: In): Buffer {
  const writer = new Writer();
  codec.write(writer, value);
  return writer.finish();
}

function roundTrip<Out, In>(codec: Codec<Out, In>, value: In): Out {
  const reader = new Reader(encode(codec, value));
  const back = codec.read(reader);
  reader.end();
  return back;
}

const anyText = fc.string({ unit: "grapheme", maxLength: 400 }).map((s) => s.replaceAll("\0", ""));

describe("a value", () => {
  const cases: [string, Codec<unknown, never>, fc.Arbitrary<unknown>][] = [
    ["i32", i32, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })],
    ["u32", u32, fc.integer({ min: 0, max: 2 ** 32 - 1 })],
    ["i64", i64, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
    ["u64", u64, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })],
    ["f64", f64, fc.double({ noNaN: true })],
    ["text", text, anyText],
    ["uuid", uuid, fc.uuid()],
    ["optional text", optional(text), fc.option(anyText)],
    ["texts", list(text, 50), fc.array(anyText, { maxLength: 50 })],
    ["chars", chars(50), fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 50 })],
    ["fixed chars", fixedChars(32), fc.string({ unit: fc.constantFrom("x", "9"), maxLength: 31 })],
    ["a struct", struct({ a: text, b: u64 }), fc.record({ a: anyText, b: fc.bigInt(0n, 99n) })],
  ];

  it.each(cases)("comes back as it was sent: %s", (_name, codec, values) => {
    fc.assert(
      fc.property(values, (value) => {
        expect(roundTrip(codec, value as never)).toEqual(value);
      }),
    );
  });

  it("comes back as bytes of any length, padded to four", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
        const wire = encode(opaque(3_000), bytes);
        expect(wire.length % 4).toBe(0);
        expect(Buffer.from(bytes).equals(roundTrip(opaque(3_000), bytes))).toBe(true);
      }),
    );
  });

  it("comes back as typed parameters by name", () => {
    const params: TypedParam[] = [
      { field: "a.int", type: "int", value: -1 },
      { field: "a.uint", type: "uint", value: 4_294_967_295 },
      { field: "a.llong", type: "llong", value: -9_007_199_254_740_993n },
      { field: "a.ullong", type: "ullong", value: 18_446_744_073_709_551_615n },
      { field: "a.double", type: "double", value: 0.1 },
      { field: "a.boolean", type: "boolean", value: true },
      { field: "a.string", type: "string", value: "虚拟机" },
    ];
    const expected = Object.fromEntries(params.map(({ field, value }) => [field, value]));
    expect(roundTrip(typedParams(16), params)).toEqual(expected);
  });

  it("may be left out where libvirt has a neutral one", () => {
    const codec = struct({ name: optional(text), flags });
    expect(roundTrip(codec, {})).toEqual({ name: null, flags: 0 });
  });
});

describe("what cannot be sent", () => {
  it.each<[string, AnyCodec, unknown]>([
    ["a NUL inside a text", text, "a\0b"],
    ["a negative count", u32, -1],
    ["a fraction", i32, 0.5],
    ["not a number", u32, Number.NaN],
    ["more than 64 bits", u64, 2n ** 64n],
    ["a malformed UUID", uuid, "6695eb01-f6a4-8304-79aa"],
    ["more items than libvirt allows", list(i32, 2), [1, 2, 3]],
    ["more bytes than libvirt allows", opaque(2), Buffer.alloc(3)],
    ["a text above 4 MiB", text, "x".repeat(4_194_305)],
  ])("%s is refused", (_name, codec, value) => {
    expect(() => encode(codec, value)).toThrow(expect.objectContaining({ kind: "protocol" }));
  });
});

describe("hostile bytes", () => {
  const codecs = [
    ...Object.values(procedures).flatMap(({ args, result }) => [args, result]),
    ...[domainEvents, networkEvents, poolEvents].flatMap((events) =>
      Object.values(events).map(({ payload }) => payload),
    ),
    typedParams(16),
    domainRef,
  ] as AnyCodec[];

  it("are decoded or refused by every codec, never anything else", () => {
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      // Small words, so that counts, options and union arms are often legal.
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 200 }).map((words) => {
        const bytes = Buffer.alloc(words.length * 4);
        for (const [index, word] of words.entries()) bytes.writeUInt32BE(word, index * 4);
        return bytes;
      }),
    );
    fc.assert(
      fc.property(hostile, fc.nat({ max: codecs.length - 1 }), (bytes, index) => {
        try {
          codecs[index]?.read(new Reader(Buffer.from(bytes)));
        } catch (error) {
          if (!isLibvirtError(error) || error.kind !== "protocol") throw error;
        }
      }),
      { numRuns: 20_000 },
    );
  });

  it("with a huge length cost nothing", () => {
    const huge = Buffer.alloc(64);
    huge.writeUInt32BE(4_000_000, 0);
    const before = process.memoryUsage().arrayBuffers;
    for (const codec of [text, opaque(4_194_304), list(u32, 8_000_000), typedParams(8_000_000)]) {
      expect(() => codec.read(new Reader(huge))).toThrow(/too early|longer than/);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  it("cannot replace the prototype of the parameters", () => {
    const bytes = encode(typedParams(1), [{ field: "__proto__", type: "int", value: 1 }]);
    expect(() => typedParams(1).read(new Reader(bytes))).toThrow(/forbidden/);
  });

  it("left over after a value are noticed", () => {
    const reader = new Reader(Buffer.alloc(8));
    reader.u32();
    expect(() => reader.end()).toThrow(/left over/);
  });
});
