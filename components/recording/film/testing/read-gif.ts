/** A picture of a GIF, as it is to be seen. */
export interface GifPicture {
  delayMs: number;
  /** Place and size of what the frame paints. */
  part: [x: number, y: number, width: number, height: number];
  /** The whole, one number a pixel: red in the lowest byte. */
  pixels: Uint32Array;
}

/** Reads a GIF by its specification, and puts its frames over each other. */
export function readGif(bytes: Uint8Array): {
  width: number;
  height: number;
  pictures: GifPicture[];
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 6;
  const u8 = () => view.getUint8(at++);
  const u16 = () => {
    at += 2;
    return view.getUint16(at - 2, true);
  };
  const table = (flags: number) => {
    if (!(flags & 0x80)) return null;
    const colours = Array.from(
      { length: 2 << (flags & 7) },
      () => u8() | (u8() << 8) | (u8() << 16),
    );
    return colours;
  };
  const blocks = () => {
    const all: number[] = [];
    for (let size = u8(); size > 0; size = u8()) {
      all.push(...bytes.subarray(at, at + size));
      at += size;
    }
    return all;
  };
  const [width, height, flags] = [u16(), u16(), u8()];
  at += 2;
  const common = table(flags);
  const pictures: GifPicture[] = [];
  const pixels = new Uint32Array(width * height);
  let control = { delayMs: 0, transparent: -1, dispose: 0 };
  for (let kind = u8(); kind !== 0x3b; kind = u8()) {
    if (kind === 0x21) {
      const label = u8();
      const [packed = 0, low = 0, high = 0, transparent = 0] = blocks();
      if (label !== 0xf9) continue;
      control = {
        delayMs: (low | (high << 8)) * 10,
        transparent: packed & 1 ? transparent : -1,
        dispose: (packed >> 2) & 7,
      };
      continue;
    }
    if (kind !== 0x2c) throw new Error(`block ${kind}`);
    const [x, y, w, h] = [u16(), u16(), u16(), u16()];
    const colours = table(u8()) ?? common ?? [];
    const index = unpack(u8(), blocks(), w * h);
    if (control.dispose > 1) throw new Error("what was painted does not stay");
    for (const [place, colour] of index.entries()) {
      if (colour === control.transparent) continue;
      const [px, py] = [x + (place % w), y + Math.floor(place / w)];
      if (px >= width || py >= height) throw new Error("beside the picture");
      pixels[py * width + px] = colours[colour] ?? Number.NaN;
    }
    pictures.push({ delayMs: control.delayMs, part: [x, y, w, h], pixels: pixels.slice() });
  }
  return { width, height, pictures };
}

/** LZW with codes of a growing length. */
function unpack(rootBits: number, data: readonly number[], length: number): number[] {
  const clear = 1 << rootBits;
  const out: number[] = [];
  let words: number[][] = [];
  let bits = 0;
  let last: number[] | null = null;
  const begin = () => {
    words = Array.from({ length: clear + 2 }, (_, value) => (value < clear ? [value] : []));
    bits = rootBits + 1;
    last = null;
  };
  begin();
  let held = 0;
  let heldBits = 0;
  for (let at = 0; out.length < length || at < data.length; ) {
    while (heldBits < bits) {
      held += (data[at++] ?? 0) * 2 ** heldBits;
      heldBits += 8;
    }
    const code = held % 2 ** bits;
    held = Math.floor(held / 2 ** bits);
    heldBits -= bits;
    if (code === clear + 1) break;
    if (code === clear) {
      begin();
      continue;
    }
    const before: number[] | null = last;
    const word: number[] = words[code] ?? [...(before ?? []), before?.[0] ?? 0];
    if (before !== null && words.length < 4096) words.push([...before, word[0] ?? 0]);
    if (words.length === 1 << bits && bits < 12) bits += 1;
    out.push(...word);
    last = word;
  }
  if (out.length !== length) throw new Error(`${out.length} of ${length} pixels`);
  return out;
}
