import { recordedEncodings, type ScreenSize } from "./server-messages";

/**
 * What a recorder says: the pixels that noVNC asks for, so that it can be given the answers later,
 * and encodings that carry nothing over. It says nothing that reaches the guest.
 */
export function wishes(): Buffer {
  const format = Buffer.alloc(20);
  format.set([32, 24, 0, 1], 4);
  for (const at of [8, 10, 12]) format.writeUInt16BE(255, at);
  format.set([0, 8, 16], 14);
  const wanted = Object.values(recordedEncodings);
  const encodings = Buffer.alloc(4 + wanted.length * 4);
  encodings[0] = 2;
  encodings.writeUInt16BE(wanted.length, 2);
  wanted.forEach((encoding, index) => {
    encodings.writeInt32BE(encoding, 4 + index * 4);
  });
  return Buffer.concat([format, encodings]);
}

/** Asks for what has changed, or for the whole screen at once. */
export function updateRequest(size: ScreenSize, whole: boolean): Buffer {
  const request = Buffer.alloc(10);
  request[0] = 3;
  request[1] = whole ? 0 : 1;
  request.writeUInt16BE(size.width, 6);
  request.writeUInt16BE(size.height, 8);
  return request;
}
