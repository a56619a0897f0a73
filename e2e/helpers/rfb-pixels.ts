/** How a viewer wants its pixels: 32 bits, true colour, 8 bits per channel. */
export interface PixelFormat {
  bigEndian: boolean;
  redShift: number;
  greenShift: number;
  blueShift: number;
}

export const serverPixelFormat: PixelFormat = {
  bigEndian: false,
  redShift: 16,
  greenShift: 8,
  blueShift: 0,
};

/** Reads the 16 bytes of RFB's PIXEL_FORMAT; throws on anything but 32-bit true colour. */
export function readPixelFormat(bytes: Buffer): PixelFormat {
  const [bitsPerPixel, trueColour] = [bytes.readUInt8(0), bytes.readUInt8(3)];
  if (bitsPerPixel !== 32 || trueColour === 0) {
    throw new Error(`pixels of ${bitsPerPixel} bits, true colour ${trueColour}, are not painted`);
  }
  return {
    bigEndian: bytes.readUInt8(2) !== 0,
    redShift: bytes.readUInt8(10),
    greenShift: bytes.readUInt8(11),
    blueShift: bytes.readUInt8(12),
  };
}

/** The colour of one pixel of pattern `frame`: eight bars that walk to the left, on a gradient. */
export function patternColour(
  frame: number,
  x: number,
  y: number,
  width: number,
  height: number,
): [red: number, green: number, blue: number] {
  const bar = (Math.floor((8 * x) / width) + frame) % 8;
  const shade = 255 - Math.floor((128 * y) / height);
  return [bar & 1 ? shade : 32, bar & 2 ? shade : 32, bar & 4 ? shade : 32];
}

/** The whole pattern as one raw rectangle. */
export function paintPattern(
  frame: number,
  width: number,
  height: number,
  format: PixelFormat,
): Buffer {
  const pixels = Buffer.alloc(4 * width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue] = patternColour(frame, x, y, width, height);
      const value =
        ((red << format.redShift) | (green << format.greenShift) | (blue << format.blueShift)) >>>
        0;
      const at = 4 * (y * width + x);
      if (format.bigEndian) pixels.writeUInt32BE(value, at);
      else pixels.writeUInt32LE(value, at);
    }
  }
  return pixels;
}
