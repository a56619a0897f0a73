import { connect, type Socket } from "node:net";

/** What the process is told to do; it answers with a ReadersAnswer. */
export interface ReadersOrder {
  port: number;
  /** Paths that each reader asks for in turn, each from another one on. */
  paths: readonly string[];
  /** One for each reader: the value of its Authorization header. */
  credentials: readonly string[];
  /** How long answers are counted; null: until the next order. */
  ms: number | null;
}

export interface ReadersAnswer {
  /** Whole answers a second, all of them 200. */
  perSecond: number;
  /** The first that was another one. */
  failure: string | null;
}

/**
 * One reader: a connection that asks again as soon as its answer is whole. It reads no more of an
 * answer than its length, so that two cores are enough for both sides.
 */
class Reader {
  answers = 0;
  failure: string | null = null;
  private missing = 0;
  private head = "";
  private next: number;
  private readonly socket: Socket;

  constructor(
    private readonly order: ReadersOrder,
    index: number,
  ) {
    this.next = index % order.paths.length;
    this.socket = connect(order.port, "127.0.0.1", () => this.ask(index));
    this.socket.setNoDelay(true);
    this.socket.on("data", (chunk: Buffer) => this.take(chunk, index));
    this.socket.on("error", (error) => this.fail(error.message));
  }

  stop(): void {
    this.socket.removeAllListeners("data");
    this.socket.destroy();
  }

  private ask(index: number): void {
    const { paths, credentials } = this.order;
    const path = paths[this.next] ?? "/";
    this.next = (this.next + 1) % paths.length;
    const authorization = credentials[index] ?? "";
    this.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorization}\r\n\r\n`,
    );
  }

  private take(chunk: Buffer, index: number): void {
    if (this.missing > 0) this.missing -= chunk.length;
    else {
      this.head += chunk.toString("latin1");
      const end = this.head.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.head)?.[1]);
      if (!this.head.startsWith("HTTP/1.1 200 ") || Number.isNaN(length)) {
        this.fail(this.head.slice(0, 500));
        return;
      }
      this.missing = end + 4 + length - this.head.length;
      this.head = "";
    }
    if (this.missing > 0) return;
    this.answers += 1;
    this.ask(index);
  }

  private fail(text: string): void {
    this.failure ??= text;
    this.stop();
  }
}

let readers: Reader[] = [];

function tell(answer: ReadersAnswer): void {
  process.send?.(answer);
}

const failure = () => readers.find((each) => each.failure !== null)?.failure ?? null;

process.on("message", (order: ReadersOrder) => {
  const before = failure();
  for (const reader of readers) reader.stop();
  readers = order.credentials.map((_, index) => new Reader(order, index));
  if (order.ms === null) return tell({ perSecond: 0, failure: before });
  const running = readers;
  const started = performance.now();
  setTimeout(() => {
    const answers = running.reduce((sum, each) => sum + each.answers, 0);
    const seconds = (performance.now() - started) / 1_000;
    for (const reader of running) reader.stop();
    tell({ perSecond: answers / seconds, failure: failure() });
  }, order.ms);
});
