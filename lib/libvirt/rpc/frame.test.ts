import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLibvirtError } from "../errors";
import { raw } from "../xdr/codec";
import {
  decodePacket,
  encodePacket,
  HEADER_BYTES,
  MAX_PACKET_BYTES,
  PacketSplitter,
} from "./frame";

const header = { program: 1, version: 1, procedure: 7, type: 1, serial: 9, status: 0 };

function packetOf(payload: Uint8Array): Buffer {
  return encodePacket(header, raw, payload);
}

/** Feeds the bytes in pieces of the given sizes, over and over. */
function split(bytes: Buffer, sizes: number[]): Buffer[] {
  const packets: Buffer[] = [];
  const splitter = new PacketSplitter();
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    splitter.push(bytes.subarray(start, start + size), (packet) => packets.push(packet));
    start += size;
  }
  return packets;
}

describe("packets", () => {
  it("carry header and payload", () => {
    const packet = decodePacket(packetOf(Buffer.from("abcd")));
    expect(packet.header).toEqual(header);
    expect(packet.payload.rest().toString()).toBe("abcd");
  });

  it("come out whole, however they were chopped", () => {
    const payloads = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 12 });
    const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(payloads, sizes, (all, chops) => {
        const packets = split(Buffer.concat(all.map(packetOf)), chops);
        expect(packets.map((packet) => packet.subarray(HEADER_BYTES))).toEqual(
          all.map((payload) => Buffer.from(payload)),
        );
      }),
    );
  });

  it("of several megabytes come out whole, too", () => {
    const payload = Buffer.alloc(5_000_000, "x");
    const [packet] = split(packetOf(payload), [65_536, 1, 3]);
    expect(packet?.subarray(HEADER_BYTES).equals(payload)).toBe(true);
  });

  it.each([
    ["shorter than a header", HEADER_BYTES - 1],
    ["of no length", 0],
    ["above the limit", MAX_PACKET_BYTES + 1],
    ["of the greatest number", 0xffff_ffff],
  ])("%s are refused", (_name, length) => {
    const bytes = Buffer.alloc(64);
    bytes.writeUInt32BE(length, 0);
    for (const sizes of [[64], [1], [3, 2]]) {
      expect(() => split(bytes, sizes)).toThrow(expect.objectContaining({ kind: "protocol" }));
    }
  });

  it("that promise much take memory only for what has come", () => {
    const bytes = Buffer.alloc(1_000);
    bytes.writeUInt32BE(MAX_PACKET_BYTES, 0);
    const before = process.memoryUsage().arrayBuffers;
    for (let index = 0; index < 50; index++) expect(split(bytes, [100])).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it("above the limit are not sent", () => {
    expect(() => packetOf(Buffer.alloc(MAX_PACKET_BYTES))).toThrow(/above the limit/);
  });

  it("of noise never hang and fail in one way only", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 2_000 }),
        fc.integer({ min: 1, max: 50 }),
        (noise, size) => {
          try {
            split(Buffer.from(noise), [size]);
          } catch (error) {
            if (!isLibvirtError(error) || error.kind !== "protocol") throw error;
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
