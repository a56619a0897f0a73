import { applyPalette, GIFEncoder, quantize } from "gifenc";
import type { Film } from "./film";
import type { ChangedPart, ScreenPainter } from "./screen-painter";

/** A GIF's delays have sixteen bits, for hundredths of a second. */
const longestDelayMs = 655_350;
const mostColours = 256;
/** No colour of a screen: it has 24 bits. */
const nothing = 0xff000000;
/** Bytes from a frame's beginning to its place: an extension, and what says that a picture comes. */
const placeOffset = 9;
/** What a frame leaves stays for the next. */
const keep = 1;

/** What a frame paints, and where. */
interface Frame {
  index: Uint8Array;
  colours: number[][];
  transparent: number | null;
  part: ChangedPart;
}

/**
 * A GIF of what changes: each frame has a palette of its own and is as small as what has changed.
 * Colours are exact where a frame has no more than 256.
 */
export class GifFilm implements Film {
  bytes = 0;
  private readonly encoder = GIFEncoder({ auto: false });
  private readonly parts: Uint8Array<ArrayBuffer>[] = [];
  /** What the film shows so far. */
  private shown = new Uint32Array();
  /** How long it stands is known when the next comes. */
  private waiting: { frame: Frame; atMs: number } | null = null;

  add(screen: ScreenPainter, atMs: number): void {
    const first = this.waiting === null;
    if (first) this.shown = new Uint32Array(screen.pixels.length).fill(nothing);
    const part = changedPart(screen, this.shown);
    if (part === null) return;
    this.flush(atMs);
    this.waiting = { frame: frameOf(screen, this.shown, part), atMs };
    for (let row = part.top; row < part.bottom; row += 1) {
      const from = row * screen.width + part.left;
      const to = row * screen.width + part.right;
      this.shown.set(screen.pixels.subarray(from, to), from);
    }
  }

  async finish(lengthMs: number): Promise<Blob> {
    this.flush(lengthMs);
    this.encoder.finish();
    this.take();
    return new Blob(this.parts, { type: "image/gif" });
  }

  private flush(untilMs: number): void {
    if (this.waiting === null) return;
    const { frame, atMs } = this.waiting;
    let restMs = untilMs - atMs;
    this.write(frame, Math.min(restMs, longestDelayMs));
    while (restMs > longestDelayMs) {
      restMs -= longestDelayMs;
      this.write(stillness, Math.min(restMs, longestDelayMs));
    }
  }

  private write({ index, colours, transparent, part }: Frame, delay: number): void {
    const { encoder } = this;
    const first = this.parts.length === 0;
    if (first) encoder.writeHeader();
    encoder.writeFrame(index, part.right - part.left, part.bottom - part.top, {
      palette: colours,
      // LZW begins with as few bits as the colours need.
      colorDepth: Math.max(2, Math.ceil(Math.log2(colours.length))),
      transparent: transparent !== null,
      transparentIndex: transparent ?? 0,
      dispose: keep,
      delay,
      first,
    });
    // The encoder paints everything at the corner; the first frame is there, and is the whole.
    if (!first) {
      const place = [part.left & 255, part.left >> 8, part.top & 255, part.top >> 8];
      encoder.bytesView().set(place, placeOffset);
    }
    this.take();
  }

  private take(): void {
    const bytes = this.encoder.bytes();
    this.encoder.reset();
    this.parts.push(bytes);
    this.bytes += bytes.length;
  }
}

/** Changes nothing: what is on the screen stands on. */
const stillness: Frame = {
  index: Uint8Array.of(0),
  colours: [[0, 0, 0]],
  transparent: 0,
  part: { left: 0, top: 0, right: 1, bottom: 1 },
};

/** The smallest rectangle with all that differs; null when nothing does. */
function changedPart(screen: ScreenPainter, shown: Uint32Array): ChangedPart | null {
  const { pixels, width } = screen;
  const within = screen.takeChanged();
  const part = { left: width, top: -1, right: 0, bottom: 0 };
  for (let row = within.top; row < within.bottom; row += 1) {
    const from = row * width;
    let left = within.left;
    while (left < within.right && pixels[from + left] === shown[from + left]) left += 1;
    if (left === within.right) continue;
    let right = within.right;
    while (pixels[from + right - 1] === shown[from + right - 1]) right -= 1;
    part.left = Math.min(part.left, left);
    part.right = Math.max(part.right, right);
    if (part.top === -1) part.top = row;
    part.bottom = row + 1;
  }
  return part.top === -1 ? null : part;
}

function frameOf(screen: ScreenPainter, shown: Uint32Array, part: ChangedPart): Frame {
  const width = part.right - part.left;
  const cells = width * (part.bottom - part.top);
  const colours = new Uint32Array(cells);
  let same = false;
  for (let row = part.top, at = 0; row < part.bottom; row += 1) {
    const from = row * screen.width + part.left;
    for (let place = from; place < from + width; place += 1, at += 1) {
      const colour = screen.pixels[place] ?? 0;
      const changed = colour !== shown[place];
      colours[at] = changed ? colour : nothing;
      if (!changed) same = true;
    }
  }
  const most = same ? mostColours - 1 : mostColours;
  const painted = exact(colours, most) ?? nearest(colours, most);
  const transparent = same ? painted.colours.length : null;
  if (transparent !== null) {
    painted.colours.push([0, 0, 0]);
    for (let at = 0; at < cells; at += 1) {
      if (colours[at] === nothing) painted.index[at] = transparent;
    }
  }
  return { ...painted, transparent, part };
}

/** Each colour as it is; null when there are too many. */
function exact(
  colours: Uint32Array,
  most: number,
): { index: Uint8Array; colours: number[][] } | null {
  const places = new Map<number, number>();
  const index = new Uint8Array(colours.length);
  let [last, lastPlace] = [nothing, 0];
  for (let at = 0; at < colours.length; at += 1) {
    const colour = colours[at] ?? 0;
    if (colour === nothing) continue;
    if (colour !== last) {
      last = colour;
      lastPlace = places.get(colour) ?? places.size;
      if (lastPlace === most) return null;
      places.set(colour, lastPlace);
    }
    index[at] = lastPlace;
  }
  return { index, colours: [...places.keys()].map(rgb) };
}

function nearest(colours: Uint32Array, most: number): { index: Uint8Array; colours: number[][] } {
  const changed = colours.filter((colour) => colour !== nothing);
  const palette = quantize(new Uint8Array(changed.buffer), most, { format: "rgb565" });
  const index = applyPalette(new Uint8Array(colours.buffer), palette, "rgb565");
  return { index, colours: palette };
}

const rgb = (colour: number) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
