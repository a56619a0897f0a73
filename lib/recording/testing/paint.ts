/** Three bytes for each pixel. */
export interface Picture {
  width: number;
  height: number;
  rgb: Buffer;
}

/** Paints recorded updates, by another decoder than the portal's viewers have. */
export function paint(updates: Buffer, width: number, height: number): Picture {
  const rgb = Buffer.alloc(width * height * 3);
  let at = 0;
  const u8 = () => updates.readUInt8(at++);
  const u16 = () => {
    at += 2;
    return updates.readUInt16BE(at - 2);
  };
  const colour = (): Buffer => {
    at += 4;
    return updates.subarray(at - 4, at - 1);
  };
  const fill = (x: number, y: number, w: number, h: number, with_: () => Buffer) => {
    for (let row = y; row < y + h; row += 1) {
      for (let column = x; column < x + w; column += 1) {
        with_().copy(rgb, (row * width + column) * 3);
      }
    }
  };
  const hextile = (x: number, y: number, w: number, h: number) => {
    let back: Buffer = Buffer.alloc(3);
    let front: Buffer = Buffer.alloc(3);
    for (let ty = y; ty < y + h; ty += 16) {
      for (let tx = x; tx < x + w; tx += 16) {
        const [tw, th] = [Math.min(16, x + w - tx), Math.min(16, y + h - ty)];
        const kind = u8();
        if (kind & 1) {
          fill(tx, ty, tw, th, colour);
          continue;
        }
        if (kind & 2) back = colour();
        if (kind & 4) front = colour();
        fill(tx, ty, tw, th, () => back);
        for (let left = kind & 8 ? u8() : 0; left > 0; left -= 1) {
          const own = kind & 16 ? colour() : front;
          const [place, size] = [u8(), u8()];
          const [sw, sh] = [(size >> 4) + 1, (size & 15) + 1];
          fill(tx + (place >> 4), ty + (place & 15), sw, sh, () => own);
        }
      }
    }
  };
  while (at < updates.length) {
    at += 2;
    for (let rects = u16(); rects > 0; rects -= 1) {
      const [x, y, w, h] = [u16(), u16(), u16(), u16()];
      at += 4;
      const encoding = updates.readInt32BE(at - 4);
      if (encoding === 5) hextile(x, y, w, h);
      else if (encoding === 0) fill(x, y, w, h, colour);
      else throw new Error(`encoding ${encoding} is not painted here`);
    }
  }
  return { width, height, rgb };
}

/** What QEMU's `screendump` writes: a binary PPM. */
export function readPpm(bytes: Buffer): Picture {
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString("latin1", 0, 64));
  if (head === null) throw new Error("not a picture");
  return { width: Number(head[1]), height: Number(head[2]), rgb: bytes.subarray(head[0].length) };
}
