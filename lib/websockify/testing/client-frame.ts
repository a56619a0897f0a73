export interface ClientFrame {
  opcode: number;
  payload?: Uint8Array | string;
  final?: boolean;
  reserved?: number;
  masked?: boolean;
  key?: readonly [number, number, number, number];
  /** Claims this length instead of the payload's. */
  claimedLength?: number;
  /** Uses this encoding of the length even when a shorter one fits. */
  lengthBytes?: 1 | 3 | 9;
}

function lengthField(length: number, bytes: 1 | 3 | 9, masked: boolean): Buffer {
  const mask = masked ? 0x80 : 0;
  if (bytes === 1) return Buffer.from([mask | length]);
  const field = Buffer.alloc(bytes);
  field[0] = mask | (bytes === 3 ? 126 : 127);
  if (bytes === 3) field.writeUInt16BE(length, 1);
  else field.writeBigUInt64BE(BigInt(length), 1);
  return field;
}

/** The bytes of a frame as a client sends it, or as a client must not send it. */
export function clientFrame(frame: ClientFrame): Buffer {
  const payload = Buffer.from(frame.payload ?? "");
  const masked = frame.masked ?? true;
  const key = frame.key ?? [0x37, 0xfa, 0x21, 0x3d];
  const length = frame.claimedLength ?? payload.length;
  const shortest = length < 126 ? 1 : length < 65_536 ? 3 : 9;
  const first = ((frame.final ?? true) ? 0x80 : 0) | ((frame.reserved ?? 0) << 4) | frame.opcode;
  const body = masked ? payload.map((byte, index) => byte ^ (key[index & 3] ?? 0)) : payload;
  return Buffer.concat([
    Buffer.from([first]),
    lengthField(length, frame.lengthBytes ?? shortest, masked),
    masked ? Buffer.from(key) : Buffer.alloc(0),
    body,
  ]);
}

/** A close frame of a client with any code and any bytes as reason. */
export function clientClose(code: number, reason: Uint8Array | string = ""): Buffer {
  const start = Buffer.alloc(2);
  start.writeUInt16BE(code);
  return clientFrame({ opcode: 8, payload: Buffer.concat([start, Buffer.from(reason)]) });
}
