/** What has changed since it was last asked for; empty when `right` is not beyond `left`. */
export interface ChangedPart {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const [raw, copyRect, hextile, desktopSize] = [0, 1, 5, -223];
const tileSide = 16;
/** A recording's pixels have four bytes, the last of which means nothing. */
const colourMask = 0x00ffffff;

/** Paints recorded updates into memory, for a worker has no screen that noVNC could paint on. */
export class ScreenPainter {
  /** Row after row: red in the lowest byte, then green, then blue. */
  readonly pixels: Uint32Array<ArrayBuffer>;
  private bytes = new Uint8Array();
  private view = new DataView(this.bytes.buffer);
  private at = 0;
  private part: ChangedPart;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.pixels = new Uint32Array(width * height);
    this.part = { left: 0, top: 0, right: width, bottom: height };
  }

  /** All black, for a screen of another size. */
  clear(): void {
    this.pixels.fill(0);
    this.note(0, 0, this.width, this.height);
  }

  takeChanged(): ChangedPart {
    const { part } = this;
    this.part = { left: this.width, top: this.height, right: 0, bottom: 0 };
    return part;
  }

  /** Paints whole updates. Throws RangeError where they are not what a recording holds. */
  paint(updates: Uint8Array<ArrayBuffer>): void {
    this.bytes = updates;
    this.view = new DataView(updates.buffer, updates.byteOffset, updates.byteLength);
    this.at = 0;
    while (this.at < updates.length) {
      this.at += 2;
      for (let left = this.u16(); left > 0; left -= 1) this.rectangle();
    }
  }

  private rectangle(): void {
    const [x, y, width, height] = [this.u16(), this.u16(), this.u16(), this.u16()];
    const encoding = this.view.getInt32(this.at);
    this.at += 4;
    if (encoding === desktopSize) return;
    if (x + width > this.width || y + height > this.height) throw new RangeError("beside the film");
    this.note(x, y, x + width, y + height);
    if (encoding === raw) this.rawPixels(x, y, width, height);
    else if (encoding === copyRect) this.copy(x, y, width, height);
    else if (encoding === hextile) this.tiles(x, y, width, height);
    else throw new RangeError(`encoding ${encoding}`);
  }

  private note(left: number, top: number, right: number, bottom: number): void {
    const { part } = this;
    part.left = Math.min(part.left, left);
    part.top = Math.min(part.top, top);
    part.right = Math.max(part.right, right);
    part.bottom = Math.max(part.bottom, bottom);
  }

  private tiles(x: number, y: number, width: number, height: number): void {
    let [back, front] = [0, 0];
    for (let ty = y; ty < y + height; ty += tileSide) {
      for (let tx = x; tx < x + width; tx += tileSide) {
        const [tw, th] = [Math.min(tileSide, x + width - tx), Math.min(tileSide, y + height - ty)];
        const kind = this.u8();
        if (kind & 1) {
          this.rawPixels(tx, ty, tw, th);
          continue;
        }
        if (kind & 2) back = this.colour();
        if (kind & 4) front = this.colour();
        this.fill(tx, ty, tw, th, back);
        for (let left = kind & 8 ? this.u8() : 0; left > 0; left -= 1) {
          const own = kind & 16 ? this.colour() : front;
          const [place, size] = [this.u8(), this.u8()];
          this.fill(tx + (place >> 4), ty + (place & 15), (size >> 4) + 1, (size & 15) + 1, own);
        }
      }
    }
  }

  private rawPixels(x: number, y: number, width: number, height: number): void {
    for (let row = y; row < y + height; row += 1) {
      const from = row * this.width + x;
      for (let at = from; at < from + width; at += 1) this.pixels[at] = this.colour();
    }
  }

  private fill(x: number, y: number, width: number, height: number, colour: number): void {
    for (let row = y; row < y + height; row += 1) {
      const from = row * this.width + x;
      this.pixels.fill(colour, from, from + width);
    }
  }

  private copy(x: number, y: number, width: number, height: number): void {
    const [fromX, fromY] = [this.u16(), this.u16()];
    for (let index = 0; index < height; index += 1) {
      // From the side where nothing is painted over that is still to be copied.
      const row = fromY < y ? height - 1 - index : index;
      const from = (fromY + row) * this.width + fromX;
      this.pixels.copyWithin((y + row) * this.width + x, from, from + width);
    }
  }

  private colour(): number {
    this.at += 4;
    return this.view.getUint32(this.at - 4, true) & colourMask;
  }

  private u8(): number {
    return this.view.getUint8(this.at++);
  }

  private u16(): number {
    this.at += 2;
    return this.view.getUint16(this.at - 2);
  }
}
