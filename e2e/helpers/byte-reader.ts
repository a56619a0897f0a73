import type { Readable } from "node:stream";

/** Takes exact numbers of bytes from a stream, however they were cut on the way. */
export class ByteReader {
  private chunks: Buffer[] = [];
  private heldBytes = 0;
  private ended = false;
  private waiting: {
    bytes: number;
    resolve(taken: Buffer): void;
    reject(why: Error): void;
  } | null = null;

  constructor(stream: Readable) {
    stream.on("data", (chunk: Buffer) => {
      this.chunks.push(chunk);
      this.heldBytes += chunk.length;
      this.serve();
    });
    const end = () => {
      this.ended = true;
      this.serve();
    };
    stream.on("end", end);
    stream.on("close", end);
    stream.on("error", end);
  }

  /** Rejects when the stream ends first. One call at a time. */
  take(bytes: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.waiting = { bytes, resolve, reject };
      this.serve();
    });
  }

  private serve(): void {
    const waiting = this.waiting;
    if (!waiting) return;
    if (this.heldBytes >= waiting.bytes) {
      const held = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks);
      const all = held ?? Buffer.alloc(0);
      const rest = all.subarray(waiting.bytes);
      this.chunks = rest.length > 0 ? [rest] : [];
      this.heldBytes = rest.length;
      this.waiting = null;
      waiting.resolve(all.subarray(0, waiting.bytes));
    } else if (this.ended) {
      this.waiting = null;
      waiting.reject(new Error(`the stream ended before ${waiting.bytes} bytes came`));
    }
  }
}
