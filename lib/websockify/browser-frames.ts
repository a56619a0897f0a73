import type { FrameHandlers } from "./frame";

/** Who takes what a browser sends. */
export interface BrowserSide {
  toTarget(payload: Buffer): void;
  echo(): void;
  answerPing(payload: Buffer): void;
  countControl(): void;
  answerClose(code: number | null): void;
  close(code: number, reason: string): void;
}

/** Hands on what a parser finds in a browser's frames: one small object, and no closures. */
export class BrowserFrames implements FrameHandlers {
  constructor(private readonly side: BrowserSide) {}

  data(payload: Buffer): void {
    this.side.toTarget(payload);
  }

  emptyMessage(): void {
    this.side.echo();
  }

  ping(payload: Buffer): void {
    this.side.answerPing(payload);
  }

  pong(): void {
    this.side.countControl();
  }

  close(code: number | null): void {
    this.side.answerClose(code);
  }

  fail(code: number, reason: string): void {
    this.side.close(code, reason);
  }
}
