/** Encodings that carry nothing over from one update to the next, in the order of preference. */
export const recordedEncodings = { hextile: 5, copyRect: 1, raw: 0, desktopSize: -223 } as const;

/** Thrown when an RFB server says what nobody asked for or what has no end in sight. */
export class RfbServerViolation extends Error {
  override readonly name = "RfbServerViolation";
}

export interface ScreenSize {
  width: number;
  height: number;
}

export const screenLimits = { side: 16_384, pixels: 16 * 1024 * 1024 } as const;

const limits = {
  nameBytes: 64 * 1024,
  cutTextBytes: 1024 * 1024,
  /** Messages other than pictures between two pictures. */
  asides: 1_000,
  /** An update may paint the screen so many times over. */
  coats: 4,
} as const;

const noSecurity = 1;
const tileSide = 16;
const pixelBytes = 4;
const versionLine = "RFB 003.008\n";

/** What is told of a server's stream, in its order. */
export interface ServerListener {
  /** The handshake wants an answer. */
  reply(answer: Buffer): void;
  /** The handshake is over. */
  ready(size: ScreenSize): void;
  /** An update begins. */
  began(): void;
  /** Bytes of the update, in any chunking; valid during the call only. */
  bytes(chunk: Buffer): void;
  /** The update ends: how many pixels it has painted, and whether the screen has another size. */
  ended(update: { pixels: number; bytes: number; resized: boolean }): void;
}

/**
 * Follows what an RFB server says from its version line on, in any chunking, and keeps nothing of
 * it. Only what was asked for is taken: version 3.8, no security, pictures of 32 bits a pixel in
 * the encodings above. Everything else, and everything without bounds, throws RfbServerViolation.
 */
export class ServerMessages {
  /** What the next step needs to see whole. */
  private readonly held = Buffer.alloc(24);
  private heldBytes = 0;
  private needed = versionLine.length;
  private step: () => void = () => this.version();
  private left = 0;
  private afterLeft: () => void = () => undefined;

  private size: ScreenSize = { width: 0, height: 0 };
  private inUpdate = false;
  private updateBytes = 0;
  private rectsLeft = 0;
  private pixels = 0;
  private resized = false;
  private asides = 0;
  private rect = { width: 0, height: 0 };
  /** The tile of a hextile rectangle that comes next. */
  private tile = { column: 0, row: 0 };

  constructor(private readonly listener: ServerListener) {}

  push(chunk: Buffer): void {
    let at = 0;
    let from = 0;
    while (at < chunk.length) {
      const updating = this.inUpdate;
      const before = at;
      if (this.left > 0) {
        const taken = Math.min(this.left, chunk.length - at);
        at += taken;
        this.left -= taken;
        if (this.inUpdate) this.updateBytes += taken;
        if (this.left === 0) this.afterLeft();
      } else {
        this.held[this.heldBytes++] = chunk[at++] as number;
        if (this.inUpdate) this.updateBytes += 1;
        if (this.heldBytes === this.needed) {
          this.heldBytes = 0;
          this.step();
        }
      }
      if (!updating && this.inUpdate) from = before;
      if (updating && !this.inUpdate) this.finishUpdate(chunk.subarray(from, at));
    }
    if (this.inUpdate && at > from) this.listener.bytes(chunk.subarray(from, at));
  }

  private need(bytes: number, step: () => void): void {
    this.needed = bytes;
    this.step = step;
  }

  /** Passes over bytes that mean nothing here. */
  private skip(bytes: number, then: () => void): void {
    if (bytes === 0) {
      then();
      return;
    }
    this.left = bytes;
    this.afterLeft = then;
  }

  private version(): void {
    if (this.held.toString("latin1", 0, versionLine.length) !== versionLine) {
      throw new RfbServerViolation("RFB version is not 3.8");
    }
    this.listener.reply(Buffer.from(versionLine));
    this.need(1, () => this.securityCount());
  }

  private securityCount(): void {
    const count = this.held[0] as number;
    if (count === 0) throw new RfbServerViolation("the RFB server refuses");
    let offered = false;
    let seen = 0;
    this.need(1, () => {
      offered ||= this.held[0] === noSecurity;
      seen += 1;
      if (seen < count) return;
      if (!offered) throw new RfbServerViolation("the RFB server asks for a password");
      this.listener.reply(Buffer.from([noSecurity]));
      this.need(4, () => this.securityResult());
    });
  }

  private securityResult(): void {
    if (this.held.readUInt32BE(0) !== 0) throw new RfbServerViolation("the RFB server refuses");
    // The shared flag: nobody is thrown out.
    this.listener.reply(Buffer.from([1]));
    this.need(24, () => this.serverInit());
  }

  private serverInit(): void {
    this.setSize(this.held.readUInt16BE(0), this.held.readUInt16BE(2));
    const nameBytes = this.held.readUInt32BE(20);
    if (nameBytes > limits.nameBytes) throw new RfbServerViolation("the RFB server's name is long");
    this.skip(nameBytes, () => {
      this.message();
      this.listener.ready(this.size);
    });
  }

  private setSize(width: number, height: number): void {
    const { side, pixels } = screenLimits;
    if (width < 1 || height < 1 || width > side || height > side || width * height > pixels) {
      throw new RfbServerViolation(`a screen of ${width} × ${height} cannot be recorded`);
    }
    this.size = { width, height };
  }

  private message(): void {
    this.need(1, () => this.messageType());
  }

  private messageType(): void {
    const type = this.held[0];
    if (type === 0) {
      this.inUpdate = true;
      this.updateBytes = 1;
      this.pixels = 0;
      this.resized = false;
      this.listener.began();
      this.need(3, () => this.rects(this.held.readUInt16BE(1)));
      return;
    }
    this.asides += 1;
    if (this.asides > limits.asides) throw new RfbServerViolation("too much beside the picture");
    if (type === 1) {
      this.need(5, () => this.skip(this.held.readUInt16BE(3) * 6, () => this.message()));
    } else if (type === 2) {
      this.message();
    } else if (type === 3) {
      this.need(7, () => this.cutText());
    } else {
      throw new RfbServerViolation(`RFB message ${type} was not asked for`);
    }
  }

  private cutText(): void {
    const bytes = this.held.readUInt32BE(3);
    if (bytes > limits.cutTextBytes) throw new RfbServerViolation("the clipboard is too long");
    this.skip(bytes, () => this.message());
  }

  private rects(count: number): void {
    this.rectsLeft = count;
    this.nextRect();
  }

  private nextRect(): void {
    if (this.rectsLeft === 0) {
      this.inUpdate = false;
      this.message();
      return;
    }
    this.rectsLeft -= 1;
    this.need(12, () => this.rectangle());
  }

  private rectangle(): void {
    const { held } = this;
    const [x, y] = [held.readUInt16BE(0), held.readUInt16BE(2)];
    const [width, height] = [held.readUInt16BE(4), held.readUInt16BE(6)];
    const encoding = held.readInt32BE(8);
    if (encoding === recordedEncodings.desktopSize) {
      this.setSize(width, height);
      this.resized = true;
      this.nextRect();
      return;
    }
    if (x + width > this.size.width || y + height > this.size.height) {
      throw new RfbServerViolation("a rectangle lies outside the screen");
    }
    this.pixels += width * height;
    if (this.pixels > limits.coats * this.size.width * this.size.height) {
      throw new RfbServerViolation("an update paints the screen again and again");
    }
    if (encoding === recordedEncodings.raw) {
      this.skip(width * height * pixelBytes, () => this.nextRect());
    } else if (encoding === recordedEncodings.copyRect) {
      this.skip(4, () => this.nextRect());
    } else if (encoding === recordedEncodings.hextile) {
      this.rect = { width, height };
      this.tile = { column: 0, row: 0 };
      if (width === 0 || height === 0) {
        this.nextRect();
        return;
      }
      this.need(1, this.readTile);
    } else {
      throw new RfbServerViolation(`RFB encoding ${encoding} was not asked for`);
    }
  }

  private readonly readTile = (): void => {
    const kind = this.held[0] as number;
    if (kind > 30) throw new RfbServerViolation("a tile is of an unknown kind");
    if (kind & 1) {
      const { column, row } = this.tile;
      const width = Math.min(tileSide, this.rect.width - column * tileSide);
      const height = Math.min(tileSide, this.rect.height - row * tileSide);
      this.skip(width * height * pixelBytes, this.nextTile);
      return;
    }
    const colourBytes = (kind & 2 ? pixelBytes : 0) + (kind & 4 ? pixelBytes : 0);
    if (!(kind & 8)) {
      this.skip(colourBytes, this.nextTile);
      return;
    }
    const partBytes = kind & 16 ? pixelBytes + 2 : 2;
    this.skip(colourBytes, () =>
      this.need(1, () => this.skip((this.held[0] as number) * partBytes, this.nextTile)),
    );
  };

  private readonly nextTile = (): void => {
    const { tile, rect } = this;
    tile.column += 1;
    if (tile.column * tileSide >= rect.width) {
      tile.column = 0;
      tile.row += 1;
    }
    if (tile.row * tileSide >= rect.height) this.nextRect();
    else this.need(1, this.readTile);
  };

  private finishUpdate(last: Buffer): void {
    this.asides = 0;
    this.listener.bytes(last);
    const { pixels, updateBytes: bytes, resized } = this;
    this.listener.ended({ pixels, bytes, resized });
  }

  /** What the screen measures now. */
  get screen(): ScreenSize {
    return this.size;
  }
}
