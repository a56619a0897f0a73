import type { ScreenPainter } from "./screen-painter";

/** A film that grows picture by picture. */
export interface Film {
  /** So many bytes are made. */
  readonly bytes: number;
  /** What the screen shows from this time on. */
  add(screen: ScreenPainter, atMs: number): void | Promise<void>;
  finish(lengthMs: number): Promise<Blob>;
}
