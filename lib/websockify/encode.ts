import { opcode } from "./frame";

/** Room to leave before a payload so that any server frame's header fits in front of it. */
export const headerRoom = 10;

const final = 0x80;

/** Bytes that the header of an unmasked frame takes for a payload of this length. */
export function headerBytes(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}

/**
 * Writes the header of a final binary frame directly before the payload that begins at
 * `headerRoom`, and returns where the frame begins.
 */
export function writeBinaryHeader(slab: Buffer, length: number): number {
  const start = headerRoom - headerBytes(length);
  slab[start] = final | opcode.binary;
  if (length < 126) {
    slab[start + 1] = length;
  } else if (length < 65_536) {
    slab[start + 1] = 126;
    slab.writeUInt16BE(length, start + 2);
  } else {
    slab[start + 1] = 127;
    slab.writeUInt32BE(Math.floor(length / 2 ** 32), start + 2);
    slab.writeUInt32BE(length % 2 ** 32, start + 6);
  }
  return start;
}

/** A binary message of no bytes. */
export const emptyMessage = Buffer.from([final | opcode.binary, 0]);

/** A ping or pong frame; the payload has at most 125 bytes. */
export function controlFrame(kind: "ping" | "pong", payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(2 + payload.length);
  frame[0] = final | opcode[kind];
  frame[1] = payload.length;
  frame.set(payload, 2);
  return frame;
}

/** A close frame; a reason beyond 123 bytes of UTF-8 is cut at a character. Null: no code. */
export function closeFrame(code: number | null, reason = ""): Buffer {
  if (code === null) return Buffer.from([final | opcode.close, 0]);
  const text = new Uint8Array(123);
  const { written } = new TextEncoder().encodeInto(reason, text);
  const frame = Buffer.allocUnsafe(4 + written);
  frame[0] = final | opcode.close;
  frame[1] = 2 + written;
  frame.writeUInt16BE(code, 2);
  frame.set(text.subarray(0, written), 4);
  return frame;
}
