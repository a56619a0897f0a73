import { promisify } from "node:util";
import { inflate } from "node:zlib";
import type { Picture } from "@/lib/model/screen-text/picture";
import { inSlices } from "@/lib/runtime/in-slices";
import { isPng } from "./ppm-to-png";

const unzip = promisify(inflate);
const signatureBytes = 8;
/** Larger screens are not looked at. */
const mostPixels = 2560 * 1600;
const rowsAtOnce = 32;
/** Bytes a pixel by colour type; what else PNG knows, QEMU does not write. */
const channelsOf: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/**
 * A PNG as QEMU writes it (8 bits a channel, not interlaced) as colours. Null when it is none, is
 * cut off, or has more pixels than a screen. The work is bounded by the size that its header says.
 */
export async function pngPicture(png: Buffer): Promise<Picture | null> {
  const parts = partsOf(png);
  if (parts === null) return null;
  const { header, data } = parts;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = channelsOf[header.readUInt8(9)];
  const plain = header.readUInt8(8) === 8 && header.readUInt8(12) === 0;
  if (channels === undefined || !plain) return null;
  if (width === 0 || height === 0 || width * height > mostPixels) return null;
  const bytes = (width * channels + 1) * height;
  const filtered = await unzip(data, { maxOutputLength: bytes }).catch(() => null);
  if (filtered === null || filtered.length !== bytes) return null;
  return inSlices(unfilter(filtered, width, height, channels));
}

function partsOf(png: Buffer): { header: Buffer; data: Buffer } | null {
  if (!isPng(png)) return null;
  let header: Buffer | null = null;
  const data: Buffer[] = [];
  for (let at = signatureBytes; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    const part = png.subarray(at + 8, at + 8 + length);
    if (part.length < length) return null;
    if (type === "IHDR" && length === 13) header = part;
    else if (type === "IDAT") data.push(part);
    at += 12 + length;
  }
  return header === null ? null : { header, data: Buffer.concat(data) };
}

/** Undoes the filters of the rows, in place. Null at a filter that there is not. */
function* unfilter(
  bytes: Buffer,
  width: number,
  height: number,
  channels: number,
): Generator<void, Picture | null> {
  const colours = new Uint32Array(width * height);
  const rowBytes = width * channels;
  let above: Uint8Array = new Uint8Array(rowBytes);
  for (let row = 0; row < height; row += 1) {
    if (row % rowsAtOnce === 0) yield;
    const start = row * (rowBytes + 1);
    const line = bytes.subarray(start + 1, start + 1 + rowBytes);
    if (!undo(bytes[start] ?? 0, line, above, channels)) return null;
    for (let x = 0, at = 0; x < width; x += 1, at += channels) {
      const [red = 0, green = 0, blue = 0] = [line[at], line[at + 1], line[at + 2]];
      colours[row * width + x] = (red << 16) | (green << 8) | blue;
    }
    above = line;
  }
  return { width, height, colours };
}

function undo(filter: number, line: Uint8Array, above: Uint8Array, channels: number): boolean {
  if (filter === 0) return true;
  if (filter > 4) return false;
  for (let at = 0; at < line.length; at += 1) {
    const left = at < channels ? 0 : (line[at - channels] ?? 0);
    const up = above[at] ?? 0;
    const value = line[at] ?? 0;
    if (filter === 1) line[at] = value + left;
    else if (filter === 2) line[at] = value + up;
    else if (filter === 3) line[at] = value + ((left + up) >> 1);
    else line[at] = value + nearest(left, up, at < channels ? 0 : (above[at - channels] ?? 0));
  }
  return true;
}

/** Paeth's predictor. */
function nearest(left: number, up: number, corner: number): number {
  const [a, b, c] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner),
  ];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
