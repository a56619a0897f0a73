/** What a peer did since the last beat. */
export interface PulseProbe {
  /** Grows with everything that arrives from the peer. */
  receivedBytes(): number;
  /** Number of the frame that the peer has begun and not finished, or null. */
  unfinishedFrame(): number | null;
  /** Number of the write that the peer keeps waiting, or null when all is sent. */
  waitingWrite(): number | null;
}

export type PulseVerdict = "dead" | "unfinished_frame" | "stalled";

/** A peer may keep a frame unfinished or a write waiting for this many beats. */
const patienceBeats = 4;

/**
 * Judges once per beat whether a peer still lives. A ping is due at each beat unless output waits
 * anyway: a silent peer that got a ping and answered nothing until the next beat is dead.
 */
export class Pulse {
  private received = -1;
  private pinged = false;
  private frame: number | null = null;
  private frameBeats = 0;
  private write: number | null = null;
  private writeBeats = 0;

  constructor(private readonly probe: PulseProbe) {}

  /** Null: all is well, and `ping()` tells whether to send one. */
  beat(): PulseVerdict | null {
    const received = this.probe.receivedBytes();
    const silent = received === this.received;
    this.received = received;
    const write = this.probe.waitingWrite();
    this.writeBeats = write !== null && write === this.write ? this.writeBeats + 1 : 0;
    this.write = write;
    const frame = this.probe.unfinishedFrame();
    this.frameBeats = frame !== null && frame === this.frame ? this.frameBeats + 1 : 0;
    this.frame = frame;
    if (this.writeBeats >= patienceBeats) return "stalled";
    if (this.frameBeats >= patienceBeats) return "unfinished_frame";
    if (silent && this.pinged && write === null) return "dead";
    this.pinged = write === null;
    return null;
  }

  /** Whether a ping is to be sent now: never behind output that waits already. */
  get pingDue(): boolean {
    return this.pinged;
  }
}
