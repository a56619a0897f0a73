import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Target } from "@/lib/websockify";
import { updateRequest, wishes } from "./client-messages";
import { fileHead } from "./format";
import { SegmentWriter } from "./segment-writer";
import { RfbServerViolation, type ServerListener, ServerMessages } from "./server-messages";

/** How a recorder spares the guest's host, the file and whoever plays it. */
export interface Pace {
  /** Between two updates at least. */
  everyMs: number;
  /** What updates may bring in the long run, before they are compressed. */
  bytesPerSecond: number;
  /** A segment ends after this time or, beyond its first update, this much. */
  segmentMs: number;
  segmentBytes: number;
  /** The recording ends after this time or this much in the file. */
  recordingMs: number;
  recordingBytes: number;
}

export const usualPace: Pace = {
  everyMs: 200,
  bytesPerSecond: 2 * 1024 * 1024,
  segmentMs: 30_000,
  segmentBytes: 1024 * 1024,
  recordingMs: 60 * 60_000,
  recordingBytes: 64 * 1024 * 1024,
};

/** An entry of the index is 10 bytes: a screen that flickers must not make it long. */
const segmentUpdates = 4_096;
const handshakeMs = 10_000;

/** Why a recording has ended. */
export type RecordingEnd = "stopped" | "full" | "screen_gone" | "no_room";

export interface Recorded {
  segments: number;
  bytes: number;
  lengthMs: number;
}

export interface RecorderOptions {
  path: string;
  target: Target;
  /** What was read from the target already. */
  greeting?: Buffer;
  pace?: Pace;
  /** After each segment that is in the file. */
  onSegment?(recorded: Recorded): void;
  /** Asked before each segment; false ends the recording. */
  hasRoom?(): Promise<boolean>;
  signal: AbortSignal;
}

/** What happens on the way, one at a time. */
type Happening =
  | { type: "update"; kept: boolean; playable: boolean }
  | { type: "resized" }
  | { type: "due" };

/**
 * Writes what an RFB server shows to a new file until the signal, the server or the pace ends it:
 * never sends input, asks for what has changed and, at the beginning of each segment, for the
 * whole screen. A screen that stands still costs nothing. Rejects with what the server did wrong
 * or the file's error; what was whole by then stays.
 */
export async function record(options: RecorderOptions): Promise<{ end: RecordingEnd } & Recorded> {
  const file = await open(options.path, "wx", 0o600);
  const recorder = new Recorder(file, options);
  try {
    await file.write(fileHead, 0, fileHead.length, 0);
    const end = await recorder.run();
    return { end, ...recorder.recorded };
  } finally {
    options.target.socket.destroy();
    await file.close();
  }
}

class Recorder implements ServerListener {
  readonly recorded: Recorded = { segments: 0, bytes: fileHead.length, lengthMs: 0 };
  private readonly messages = new ServerMessages(this);
  private readonly pace: Pace;
  private readonly startedMs = performance.now();
  private segment: SegmentWriter | null = null;
  private segmentDueMs = 0;
  /** Whether the next update that begins is to begin a segment. */
  private awaitsWhole = false;
  /** Whether the update that comes now is kept. */
  private keeps = false;
  /** What the updates have painted that led to the next segment; null: all of it is new. */
  private promptPixels: number | null = null;
  /** The segment has bytes that belong to no update: nothing can be added to it. */
  private spoiled = false;
  /** Updates that were asked for and have not come. */
  private owed = 0;
  private established = false;
  private lastBytes = 0;

  private readonly events: Happening[] = [];
  private wake: () => void = () => undefined;
  private failure: unknown = null;
  private gone = false;

  constructor(
    private readonly file: FileHandle,
    private readonly options: RecorderOptions,
  ) {
    this.pace = options.pace ?? usualPace;
  }

  async run(): Promise<RecordingEnd> {
    const { target, greeting, signal } = this.options;
    const wake = () => this.wake();
    signal.addEventListener("abort", wake);
    target.socket.once("close", () => {
      this.gone = true;
      this.wake();
    });
    if (target.socket.destroyed) this.gone = true;
    const take = (chunk: Buffer): boolean => {
      try {
        this.messages.push(chunk);
      } catch (error) {
        this.fail(error);
        return false;
      }
      return this.mayRead();
    };
    if (greeting === undefined || take(greeting)) {
      target.receive((buffer, length) => take(buffer.subarray(0, length)));
    }
    try {
      return await this.follow();
    } finally {
      signal.removeEventListener("abort", wake);
      await this.segment?.discard();
    }
  }

  private async follow(): Promise<RecordingEnd> {
    const late = setTimeout(() => this.fail(new Error("no RFB handshake")), handshakeMs);
    late.unref();
    while (!this.established && !this.over) await this.rest();
    clearTimeout(late);
    let whole = true;
    while (!this.over) {
      if (whole && !((await this.options.hasRoom?.()) ?? true)) return "no_room";
      this.ask(whole);
      whole = await this.nextIsWhole();
      await this.close("full");
      if (this.isFull()) return "full";
      await this.pause();
    }
    await this.close("any");
    if (this.failure !== null) throw this.failure;
    return this.gone ? "screen_gone" : "stopped";
  }

  /** Waits for the answer; returns whether the whole screen is what is to be asked for next. */
  private async nextIsWhole(): Promise<boolean> {
    for (;;) {
      const event = await this.next();
      if (event === null) return false;
      if (event.type === "due") {
        await this.close("any");
        continue;
      }
      if (event.type === "resized") {
        await this.close("any");
        return true;
      }
      // A change while no segment is open is dropped: it is in the whole screen that begins one.
      if (!event.kept) return true;
      if (event.playable) return false;
      // A first update that leaves something out cannot be played from.
      await this.drop();
      return true;
    }
  }

  private async next(): Promise<Happening | null> {
    for (;;) {
      const event = this.events.shift();
      if (event !== undefined) return event;
      if (this.over) return null;
      if (this.segment !== null && this.segment.updates.length > 0) {
        const leftMs = this.segmentDueMs - performance.now();
        if (leftMs <= 0) return { type: "due" };
        await this.rest(leftMs);
      } else {
        await this.rest();
      }
    }
  }

  private get over(): boolean {
    return this.gone || this.failure !== null || this.options.signal.aborted;
  }

  private isFull(): boolean {
    const lengthMs = performance.now() - this.startedMs;
    const { recordingMs, recordingBytes } = this.pace;
    if (lengthMs < recordingMs && this.recorded.bytes < recordingBytes) return false;
    // What is open is part of it.
    return this.segment === null;
  }

  private ask(whole: boolean): void {
    this.awaitsWhole = whole;
    this.owed = Math.min(this.owed + 1, 2);
    this.options.target.socket.write(updateRequest(this.messages.screen, whole));
  }

  /** Ends the segment: when it is full, or in any case. */
  private async close(when: "full" | "any"): Promise<void> {
    const { segment } = this;
    if (segment === null) return;
    if (when === "full" && !this.isSegmentFull(segment)) return;
    if (segment.updates.length === 0) return this.drop();
    this.segment = null;
    this.recorded.bytes += await segment.finish();
    this.recorded.segments += 1;
    this.recorded.lengthMs = segment.updates.at(-1)?.atMs ?? 0;
    this.options.onSegment?.({ ...this.recorded });
  }

  private isSegmentFull({ updates, rawBytes }: SegmentWriter): boolean {
    const { segmentBytes, recordingMs } = this.pace;
    const now = performance.now();
    const first = updates[0]?.bytes ?? 0;
    return (
      now >= this.segmentDueMs ||
      now - this.startedMs >= recordingMs ||
      updates.length >= segmentUpdates ||
      rawBytes - first >= Math.max(segmentBytes, 3 * first)
    );
  }

  private async drop(): Promise<void> {
    const { segment } = this;
    this.segment = null;
    await segment?.discard();
  }

  private async pause(): Promise<void> {
    const { everyMs, bytesPerSecond } = this.pace;
    const ms = Math.max(everyMs, (this.lastBytes / bytesPerSecond) * 1_000);
    this.lastBytes = 0;
    await delay(ms, undefined, { signal: this.options.signal }).catch(() => undefined);
  }

  /** Until something has happened. */
  private rest(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private tell(event: Happening): void {
    this.events.push(event);
    this.wake();
  }

  private fail(error: unknown): void {
    this.failure ??= error;
    this.wake();
  }

  /** Whether the target may go on reading; else it does once the segment has taken what it has. */
  private mayRead(): boolean {
    const { segment } = this;
    if (segment === null || !this.keeps || !segment.isBusy) return true;
    const { socket } = this.options.target;
    segment.drained().then(
      () => socket.resume(),
      (error: unknown) => this.fail(error),
    );
    return false;
  }

  reply(answer: Buffer): void {
    this.options.target.socket.write(answer);
  }

  ready(): void {
    this.options.target.socket.write(wishes());
    this.established = true;
    this.wake();
  }

  began(): void {
    if (this.segment === null && this.awaitsWhole) {
      this.awaitsWhole = false;
      this.spoiled = false;
      const { bytes } = this.recorded;
      this.segment = new SegmentWriter(this.file, bytes, this.messages.screen);
      this.segmentDueMs = performance.now() + this.pace.segmentMs;
    }
    this.keeps = this.segment !== null && !this.spoiled;
  }

  bytes(chunk: Buffer): void {
    this.lastBytes += chunk.length;
    if (this.keeps) this.segment?.write(chunk);
  }

  ended({ pixels, bytes, resized }: { pixels: number; bytes: number; resized: boolean }): void {
    if (resized) {
      this.spoiled = true;
      this.promptPixels = null;
      this.tell({ type: "resized" });
      return;
    }
    if (this.owed === 0) throw new RfbServerViolation("an update came that was not asked for");
    this.owed -= 1;
    const { segment } = this;
    if (!this.keeps || segment === null) {
      if (this.promptPixels !== null) this.promptPixels += pixels;
      this.tell({ type: "update", kept: false, playable: false });
      return;
    }
    const area = segment.size.width * segment.size.height;
    // The whole screen is painted anew at the beginning of a segment: that is no change of it.
    const changed = segment.updates.length === 0 ? (this.promptPixels ?? area) : pixels;
    this.promptPixels = 0;
    segment.endUpdate({
      atMs: Math.round(performance.now() - this.startedMs),
      bytes,
      changed: Math.min(1_000, Math.ceil((changed * 1_000) / area)),
    });
    const playable = segment.updates.length > 1 || pixels >= area;
    this.tell({ type: "update", kept: true, playable });
  }
}
