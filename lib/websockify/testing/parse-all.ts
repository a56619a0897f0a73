import { FrameParser, type FrameParserOptions } from "../frame";

/** Payloads as latin1 strings: a byte is a character, and a megabyte is compared at once. */
export type Parsed =
  | { type: "text" | "binary"; payload: string }
  | { type: "ping" | "pong"; payload: string }
  | { type: "close"; code: number | null; reason: string }
  | { type: "fail"; code: number };

/** Everything that a parser reports of some bytes, delivered in chunks of `size`. */
export function parseAll(
  bytes: Buffer,
  size = bytes.length,
  options: FrameParserOptions = {},
): Parsed[] {
  const parsed: Parsed[] = [];
  let message: Buffer[] = [];
  const parser = new FrameParser(
    {
      data: (payload) => message.push(Buffer.from(payload)),
      messageEnd: (type) => {
        parsed.push({ type, payload: Buffer.concat(message).toString("latin1") });
        message = [];
      },
      ping: (payload) => parsed.push({ type: "ping", payload: payload.toString("latin1") }),
      pong: (payload) => parsed.push({ type: "pong", payload: payload.toString("latin1") }),
      close: (code, reason) => parsed.push({ type: "close", code, reason }),
      fail: (code) => parsed.push({ type: "fail", code }),
    },
    options,
  );
  for (let at = 0; at < bytes.length; at += size) {
    // A copy: the parser unmasks in the chunk, and the bytes are used again.
    parser.push(Buffer.from(bytes.subarray(at, at + size)));
  }
  return parsed;
}
