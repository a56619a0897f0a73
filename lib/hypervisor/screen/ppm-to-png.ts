import { crc32, deflateSync } from "node:zlib";
import type { Picture } from "@/lib/model/screen-text/picture";

/** Width of the picture that is made; larger screens are thinned out by a whole number. */
const mostWidth = 640;
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const trueColour = 2;

export function isPng(bytes: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature);
}

/**
 * A binary PPM of 8 bits a sample, as older versions of QEMU draw screens, as a small PNG. Null
 * when the bytes are no such picture, or fewer than its size says.
 */
export function ppmToPng(ppm: Buffer): Buffer | null {
  const plain = readPpm(ppm);
  if (plain === null) return null;
  const { width, height, pixels } = plain;
  const step = Math.ceil(width / mostWidth);
  const [columns, rows] = [Math.floor(width / step), Math.max(1, Math.floor(height / step))];
  // Each row begins with a byte for its filter: none.
  const image = Buffer.alloc(rows * (1 + columns * 3));
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const from = (row * step * width + column * step) * 3;
      pixels.copy(image, row * (1 + columns * 3) + 1 + column * 3, from, from + 3);
    }
  }
  const facts = Buffer.alloc(13);
  facts.writeUInt32BE(columns, 0);
  facts.writeUInt32BE(rows, 4);
  facts.set([8, trueColour], 8);
  const parts = [chunk("IHDR", facts), chunk("IDAT", deflateSync(image)), chunk("IEND")];
  return Buffer.concat([signature, ...parts]);
}

/** The same as colours, every pixel of it. */
export function ppmPicture(ppm: Buffer): Picture | null {
  const plain = readPpm(ppm);
  if (plain === null) return null;
  const { width, height, pixels } = plain;
  const colours = new Uint32Array(width * height);
  for (let at = 0; at < colours.length; at += 1) colours[at] = pixels.readUIntBE(at * 3, 3);
  return { width, height, colours };
}

function readPpm(ppm: Buffer): { width: number; height: number; pixels: Buffer } | null {
  const header = /^P6\s(?:#[^\n]*\n)?(\d{1,5})\s(\d{1,5})\s255\s/.exec(
    ppm.toString("latin1", 0, 200),
  );
  if (header === null) return null;
  const [width, height] = [Number(header[1]), Number(header[2])];
  const pixels = ppm.subarray(header[0].length);
  if (width === 0 || height === 0 || pixels.length < width * height * 3) return null;
  return { width, height, pixels };
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
