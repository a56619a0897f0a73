import { crc32, inflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { isPng, ppmPicture, ppmToPng } from "./ppm-to-png";

function ppm(width: number, height: number, colourOf: (x: number, y: number) => number[]): Buffer {
  const pixels = Array.from({ length: width * height }, (_, at) =>
    colourOf(at % width, Math.floor(at / width)),
  );
  return Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), Buffer.from(pixels.flat())]);
}

/** Size and pixels of a PNG, after its checksums. */
function read(png: Buffer) {
  const found: Record<string, Buffer> = {};
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
    found[type] = data;
    at += 12 + length;
  }
  const [facts, pixels] = [found.IHDR as Buffer, inflateSync(found.IDAT as Buffer)];
  return { width: facts.readUInt32BE(0), height: facts.readUInt32BE(4), pixels, types: found };
}

it("keeps a small screen as it is", () => {
  const png = ppmToPng(ppm(2, 2, (x, y) => [x * 100, y * 100, 7])) as Buffer;
  expect(isPng(png)).toBe(true);
  const { width, height, pixels, types } = read(png);
  expect(Object.keys(types)).toEqual(["IHDR", "IDAT", "IEND"]);
  expect([width, height]).toEqual([2, 2]);
  expect([...pixels]).toEqual([0, 0, 0, 7, 100, 0, 7, 0, 0, 100, 7, 100, 100, 7]);
});

it("thins a large screen out", () => {
  const { width, height, pixels } = read(
    ppmToPng(ppm(1280, 800, (x) => [x === 1278 ? 9 : 1, 2, 3])) as Buffer,
  );
  expect([width, height]).toEqual([640, 400]);
  expect([...pixels.subarray(639 * 3 + 1, 640 * 3 + 1)]).toEqual([9, 2, 3]);
});

it("is as large as it was where its pixels are wanted", () => {
  const picture = ppmPicture(ppm(1280, 2, (x, y) => [x === 1279 ? 9 : 1, y, 3]));
  expect(picture).toMatchObject({ width: 1280, height: 2 });
  expect(picture?.colours.at(-1)).toBe(0x090103);
  expect(picture?.colours.at(0)).toBe(0x010003);
});

it.each([
  ["nothing", Buffer.alloc(0)],
  ["text", Buffer.from("P6 is no picture")],
  ["16 bits a sample", Buffer.from("P6\n1 1\n65535\n\0\0\0\0\0\0")],
  ["no pixels", Buffer.from("P6\n0 0\n255\n")],
  ["half a picture", ppm(8, 8, () => [1, 2, 3]).subarray(0, 100)],
])("refuses %s", (_what, bytes) => {
  expect(ppmToPng(bytes)).toBe(null);
  expect(ppmPicture(bytes)).toBe(null);
  expect(isPng(bytes)).toBe(false);
});
