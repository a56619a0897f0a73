const versionLine = "RFB 003.008\n";

interface ScreenSize {
  width: number;
  height: number;
}

/**
 * An RFB server that only tells what was recorded, in the shape of a WebSocket that noVNC can be
 * given. It greets, then passes on what it is fed; what noVNC says is for nobody.
 */
export class ReplayChannel {
  binaryType = "arraybuffer";
  protocol = "";
  readyState = "open";
  onopen: (() => void) | null = null;
  onerror: ((error: unknown) => void) | null = null;
  onclose: ((event: { code: number; reason: string; wasClean: boolean }) => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer | Uint8Array<ArrayBuffer> }) => void) | null = null;
  private answers: Uint8Array<ArrayBuffer>[];

  constructor(size: ScreenSize) {
    // To its version, its choice of no security, and its wish to share.
    this.answers = [
      Uint8Array.of(1, 1),
      Uint8Array.of(0, 0, 0, 0),
      Uint8Array.of(...bigEndian(size.width, size.height), ...new Uint8Array(20)),
    ];
  }

  /** To be called once noVNC has it. */
  greet(): void {
    this.say(new TextEncoder().encode(versionLine));
  }

  send(_data: unknown): void {
    const answer = this.answers.shift();
    // Not while it is still sending.
    if (answer !== undefined) queueMicrotask(() => this.say(answer));
  }

  close(): void {
    if (this.readyState === "closed") return;
    this.readyState = "closed";
    queueMicrotask(() => this.onclose?.({ code: 1000, reason: "", wasClean: true }));
  }

  /** Another size, as an update that holds nothing else. */
  resize({ width, height }: ScreenSize): void {
    const desktopSize = [255, 255, 255, 33];
    this.say(Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0, ...bigEndian(width, height), ...desktopSize));
  }

  /** Parts of recorded updates. */
  say(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.readyState === "open") this.onmessage?.({ data: bytes });
  }
}

function bigEndian(...values: number[]): number[] {
  return values.flatMap((value) => [value >> 8, value & 255]);
}
