import { closeCode, isCloseCodeValid } from "./close-code";
import { unmask } from "./mask";
import { Utf8Check } from "./utf8";

export const opcode = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const;

/** Largest payload of one client frame, and of one fragmented message, in bytes. */
export const defaultMaxMessageBytes = 1024 * 1024;
const maxControlBytes = 125;
/** First byte of a whole binary message in one frame, and what the second one has besides the length. */
const shortBinary = 0x82;
const masked = 0x80;
const shortHeaderBytes = 6;
const longestHeaderBytes = 14;
const nothing = Buffer.alloc(0);
/** The mask of the payload that is being read: all parsers', for each reads to the end of its chunk. */
const key = new Uint8Array(4);

/** What a parser reports. Buffers are views: valid until the call returns, then copied or gone. */
export interface FrameHandlers {
  /**
   * Payload of data frames, unmasked, in order. Neighbouring frames of one chunk come as one run
   * unless `messageEnd` is given; a frame that is not complete comes as far as it is there.
   */
  data(payload: Buffer): void;
  messageEnd?(type: "text" | "binary"): void;
  /** A binary message in one frame without a byte; costs other messages nothing. */
  emptyMessage?(): void;
  ping(payload: Buffer): void;
  pong(payload: Buffer): void;
  /** The peer's close frame; `code` is null when it carried none. Nothing is parsed after it. */
  close(code: number | null, reason: string): void;
  /** The peer broke the protocol or a limit: close with this. Nothing is parsed after it. */
  fail(code: number, reason: string): void;
}

export interface FrameParserOptions {
  maxMessageBytes?: number;
  /** False refuses text with 1003: for binary-only protocols such as RFB. */
  acceptText?: boolean;
}

/**
 * Incremental parser of the frames a client sends (RFC 6455 §5), for any chunking. Holds at most
 * one header and one control payload, and between frames neither; data payloads are unmasked in the
 * chunk itself, which it therefore owns from `push` on.
 */
export class FrameParser {
  private readonly maxMessageBytes: number;
  private readonly acceptText: boolean;
  private header: Buffer = nothing;
  private headerFill = 0;
  private headerNeed = 2;
  /** The mask of the frame under way, as it stands in the header. */
  private maskWord = 0;
  private control: Buffer = nothing;

  private frameOpcode = 0;
  private frameFinal = false;
  private frameLength = 0;
  private frameDone = 0;
  /** Opcode of the message under way, or continuation when there is none. */
  private messageOpcode: number = opcode.continuation;
  private messageBytes = 0;
  private text: Utf8Check | null = null;
  private ended = false;
  private runStart = 0;
  private runEnd = 0;
  private started = 0;

  constructor(
    private readonly handlers: FrameHandlers,
    options: FrameParserOptions = {},
  ) {
    this.maxMessageBytes = options.maxMessageBytes ?? defaultMaxMessageBytes;
    this.acceptText = options.acceptText ?? true;
  }

  /**
   * Number of the frame whose end is outstanding, or null between frames; the same number seen
   * twice tells a peer that does not finish what it began.
   */
  get unfinishedFrame(): number | null {
    return this.headerFill > 0 ? this.started : null;
  }

  push(chunk: Buffer): void {
    this.runStart = 0;
    this.runEnd = 0;
    let at = 0;
    while (at < chunk.length && !this.ended) {
      at = this.shortMessages(chunk, at);
      if (at === chunk.length) break;
      if (this.headerFill < this.headerNeed) {
        at = this.readHeader(chunk, at);
        if (this.headerFill < this.headerNeed || this.ended) break;
      }
      const here = Math.min(this.frameLength - this.frameDone, chunk.length - at);
      this.readPayload(chunk, at, here);
      at += here;
      this.frameDone += here;
      if (this.frameDone === this.frameLength && !this.ended) this.endFrame(chunk);
    }
    this.flush(chunk);
  }

  /**
   * What most of what is typed and pointed is: whole binary messages in frames of less than 126
   * bytes. They are taken at once; everything else goes its way byte by byte. Returns how far it came.
   */
  private shortMessages(chunk: Buffer, from: number): number {
    if (this.headerFill > 0 || this.messageOpcode !== opcode.continuation) return from;
    if (this.handlers.messageEnd !== undefined) return from;
    let at = from;
    while (chunk[at] === shortBinary) {
      const length = (chunk[at + 1] as number) - masked;
      const payload = at + shortHeaderBytes;
      const whole = length > 0 && length < 126 && payload + length <= chunk.length;
      if (!whole || length > this.maxMessageBytes) return at;
      // Kept apart: the run, as it grows, overwrites the header.
      for (let index = 0; index < 4; index += 1) {
        key[index] = chunk[payload - 4 + index] as number;
      }
      if (this.runStart === this.runEnd) {
        this.runStart = payload;
        this.runEnd = payload;
      }
      for (let index = 0; index < length; index += 1) {
        const byte = chunk[payload + index] as number;
        chunk[this.runEnd + index] = byte ^ (key[index & 3] as number);
      }
      this.runEnd += length;
      this.started += 1;
      at = payload + length;
    }
    return at;
  }

  private readHeader(chunk: Buffer, from: number): number {
    let at = from;
    while (at < chunk.length) {
      if (this.headerFill === 0) {
        this.started += 1;
        this.header = Buffer.alloc(longestHeaderBytes);
      }
      this.header[this.headerFill++] = chunk[at++] as number;
      if (this.headerFill === 2 && !this.checkStart()) return at;
      if (this.headerFill === this.headerNeed) {
        this.startFrame();
        this.header = nothing;
        return at;
      }
    }
    return at;
  }

  /** Checks the first two bytes of a frame and learns how long its header is. */
  private checkStart(): boolean {
    const first = this.header[0] as number;
    const second = this.header[1] as number;
    const code = first & 0x0f;
    this.frameOpcode = code;
    this.frameFinal = (first & 0x80) !== 0;
    const shortLength = second & 0x7f;
    if ((first & 0x70) !== 0) return this.broken("reserved bits are set");
    if ((second & 0x80) === 0) return this.broken("frame is not masked");
    if (code >= opcode.close) {
      if (code > opcode.pong) return this.broken("unknown opcode");
      if (!this.frameFinal) return this.broken("fragmented control frame");
      if (shortLength > maxControlBytes) return this.broken("control frame is too long");
    } else if (code > opcode.binary) {
      return this.broken("unknown opcode");
    } else if (code === opcode.continuation) {
      if (this.messageOpcode === opcode.continuation) return this.broken("nothing to continue");
    } else if (this.messageOpcode !== opcode.continuation) {
      return this.broken("message is not finished");
    } else if (code === opcode.text && !this.acceptText) {
      return this.fail(closeCode.unsupportedData, "binary only");
    }
    this.headerNeed = 6 + (shortLength === 126 ? 2 : shortLength === 127 ? 8 : 0);
    return true;
  }

  private startFrame(): void {
    const { header } = this;
    const shortLength = (header[1] as number) & 0x7f;
    this.frameLength = shortLength;
    if (shortLength === 126) this.frameLength = header.readUInt16BE(2);
    if (shortLength === 127) {
      // Sums above 2^53 lose precision, which is harmless so far beyond the limit.
      this.frameLength = header.readUInt32BE(2) * 2 ** 32 + header.readUInt32BE(6);
    }
    const shortest = shortLength < 126 ? 0 : shortLength === 126 ? 126 : 65_536;
    if (this.frameLength < shortest) {
      this.broken("length is not minimal");
      return;
    }
    this.frameDone = 0;
    this.maskWord = header.readInt32BE(this.headerNeed - 4);
    if (this.frameOpcode < opcode.close) this.startData();
    else if (this.frameLength > 0) this.control = Buffer.alloc(this.frameLength);
  }

  private startData(): void {
    if (this.frameOpcode !== opcode.continuation) {
      this.messageOpcode = this.frameOpcode;
      this.messageBytes = 0;
      this.text = this.frameOpcode === opcode.text ? new Utf8Check() : null;
    }
    this.messageBytes += this.frameLength;
    if (this.messageBytes > this.maxMessageBytes) this.fail(closeCode.tooBig, "message too big");
  }

  private readPayload(chunk: Buffer, at: number, length: number): void {
    if (length === 0) return;
    if (this.frameOpcode >= opcode.close) {
      chunk.copy(this.control, this.frameDone, at, at + length);
      return;
    }
    if (this.runStart === this.runEnd) {
      this.runStart = at;
      this.runEnd = at;
    }
    unmask(chunk, at, this.runEnd, length, this.readKey(), this.frameDone);
    const good = this.text?.push(chunk.subarray(this.runEnd, this.runEnd + length)) ?? true;
    this.runEnd += length;
    if (!good) this.fail(closeCode.invalidPayload, "text is not UTF-8");
  }

  private readKey(): Uint8Array {
    for (let index = 0; index < 4; index += 1) key[index] = this.maskWord >> (24 - 8 * index);
    return key;
  }

  private endFrame(chunk: Buffer): void {
    this.headerFill = 0;
    this.headerNeed = 2;
    if (this.frameOpcode >= opcode.close) this.endControl(chunk);
    else if (this.frameFinal) this.endMessage(chunk);
  }

  private endMessage(chunk: Buffer): void {
    if (this.text !== null && !this.text.complete) {
      this.fail(closeCode.invalidPayload, "text is not UTF-8");
      return;
    }
    const type = this.messageOpcode === opcode.text ? "text" : "binary";
    const empty = this.frameOpcode === opcode.binary && this.frameLength === 0;
    this.messageOpcode = opcode.continuation;
    this.text = null;
    if (empty) this.handlers.emptyMessage?.();
    if (this.handlers.messageEnd === undefined) return;
    this.flush(chunk);
    this.handlers.messageEnd(type);
  }

  private endControl(chunk: Buffer): void {
    const payload = this.control;
    this.control = nothing;
    unmask(payload, 0, 0, payload.length, this.readKey(), 0);
    if (this.frameOpcode === opcode.ping) this.handlers.ping(payload);
    else if (this.frameOpcode === opcode.pong) this.handlers.pong(payload);
    else this.endClose(chunk, payload);
  }

  private endClose(chunk: Buffer, payload: Buffer): void {
    if (payload.length === 1) {
      this.broken("close frame of one byte");
      return;
    }
    const code = payload.length === 0 ? null : payload.readUInt16BE(0);
    if (code !== null && !isCloseCodeValid(code)) {
      this.broken("close code is not valid");
      return;
    }
    const reason = payload.subarray(2);
    const check = new Utf8Check();
    if (!check.push(reason) || !check.complete) {
      this.fail(closeCode.invalidPayload, "close reason is not UTF-8");
      return;
    }
    // What came before the close frame is delivered before it.
    this.flush(chunk);
    this.ended = true;
    this.handlers.close(code, reason.toString("utf8"));
  }

  private flush(chunk: Buffer): void {
    if (this.runEnd === this.runStart) return;
    const run = chunk.subarray(this.runStart, this.runEnd);
    this.runStart = this.runEnd;
    this.handlers.data(run);
  }

  private broken(reason: string): false {
    return this.fail(closeCode.protocolError, reason);
  }

  private fail(code: number, reason: string): false {
    this.ended = true;
    // A run with a fault in it is not delivered.
    this.runStart = this.runEnd;
    this.handlers.fail(code, reason);
    return false;
  }
}
