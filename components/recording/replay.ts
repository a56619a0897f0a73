import type { RecordedSegment } from "@/lib/model/recording";
import { changesOf, nextUpdateAfter, segmentAt, shownAt } from "./timeline";

export const speeds = [1, 2, 4, 8] as const;
export type Speed = (typeof speeds)[number];

/** Stillness beyond this is passed over; what comes then is announced by as much of it. */
const stillMs = 2_000;
const leadMs = 500;

/** Where the pictures go. */
export interface ReplayScreen {
  resize(size: { width: number; height: number }): void;
  show(bytes: Uint8Array<ArrayBuffer>): void;
}

export interface ReplayState {
  atMs: number;
  playing: boolean;
  speed: Speed;
  /** Stillness is passed over. */
  skips: boolean;
  /** Pictures are on their way. */
  loading: boolean;
  /** Pictures could not be had. */
  failed: boolean;
}

interface Recording {
  lengthMs: number;
  segments: readonly RecordedSegment[];
}

/** Gives a segment's updates, unpacked. */
export type LoadSegment = (position: number) => Promise<Uint8Array<ArrayBuffer>>;

/** Plays a recording: brings the screen to a time by the way of the last whole picture before it. */
export class Replay {
  private state: ReplayState = {
    atMs: 0,
    playing: false,
    speed: 1,
    skips: true,
    loading: false,
    failed: false,
  };
  private readonly listeners = new Set<() => void>();
  private readonly changes: number[];
  /** What is on the screen: so many updates of this segment. */
  private shown = { segment: -1, updates: 0 };
  private size = { width: 0, height: 0 };
  /** The segment that is at hand. */
  private loaded: { position: number; bytes: Uint8Array<ArrayBuffer> } | null = null;
  private wanted = 0;

  constructor(
    private readonly recording: Recording,
    private readonly load: LoadSegment,
    private readonly screen: ReplayScreen,
  ) {
    this.changes = changesOf(recording.segments);
  }

  getState = (): ReplayState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Goes to a time; resolves when it is on the screen, or another one is wanted. */
  async seek(toMs: number): Promise<void> {
    const { lengthMs, segments } = this.recording;
    const atMs = Math.min(Math.max(0, toMs), lengthMs);
    const turn = ++this.wanted;
    this.set({ atMs });
    const position = segmentAt(segments, atMs);
    const segment = segments[position];
    if (segment === undefined) return;
    if (this.loaded?.position !== position) {
      this.set({ loading: true, failed: false });
      try {
        const bytes = await this.load(position);
        if (turn !== this.wanted) return;
        this.loaded = { position, bytes };
      } catch {
        if (turn === this.wanted) this.set({ loading: false, failed: true, playing: false });
        return;
      }
      this.set({ loading: false });
    }
    this.paint(position, segment, shownAt(segment, atMs));
  }

  private paint(position: number, segment: RecordedSegment, updates: number): void {
    const from =
      this.shown.segment === position && this.shown.updates <= updates ? this.shown.updates : 0;
    const { width, height } = segment;
    if (width !== this.size.width || height !== this.size.height) {
      this.size = { width, height };
      this.screen.resize(this.size);
    }
    const lengths = segment.updates.map(([, bytes]) => bytes);
    const sum = (count: number) => lengths.slice(0, count).reduce((all, each) => all + each, 0);
    const bytes = this.loaded?.bytes.subarray(sum(from), sum(updates));
    if (bytes !== undefined && bytes.length > 0) this.screen.show(bytes);
    this.shown = { segment: position, updates };
  }

  /** Time passes: to be called again and again while it plays. */
  advance(elapsedMs: number): void {
    const { atMs, playing, speed, skips, loading } = this.state;
    if (!playing || loading) return;
    const { segments, lengthMs } = this.recording;
    let next = atMs + elapsedMs * speed;
    if (skips) {
      const update = nextUpdateAfter(segments, atMs);
      if (update === null) next = lengthMs;
      else if (update - atMs > stillMs) next = Math.max(next, update - leadMs);
    }
    if (next >= lengthMs) this.set({ playing: false });
    void this.seek(next);
  }

  /** Plays on, from the beginning when it is at its end. */
  play(): void {
    const ended = this.state.atMs >= this.recording.lengthMs;
    this.set({ playing: true });
    if (ended) void this.seek(0);
  }

  pause(): void {
    this.set({ playing: false });
  }

  setSpeed(speed: Speed): void {
    this.set({ speed });
  }

  setSkips(skips: boolean): void {
    this.set({ skips });
  }

  /** When the nearest change before or after is; null when there is none. */
  changeBeside(direction: 1 | -1): number | null {
    const { atMs } = this.state;
    if (direction === 1) return this.changes.find((each) => each > atMs) ?? null;
    // A moment's grace, so that going back twice goes back twice while it plays.
    return this.changes.findLast((each) => each < atMs - 1_000) ?? null;
  }

  private set(change: Partial<ReplayState>): void {
    const keys = Object.keys(change) as (keyof ReplayState)[];
    if (keys.every((key) => this.state[key] === change[key])) return;
    this.state = { ...this.state, ...change };
    for (const listener of [...this.listeners]) listener();
  }
}
