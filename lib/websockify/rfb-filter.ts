import { type MessageRule, messageRules, setEncodings, watcherEncoding } from "./rfb-messages";

/** Thrown when a client sends what must not or cannot be passed on; the connection has to end. */
export class RfbViolation extends Error {
  override readonly name = "RfbViolation";
}

const securityNone = 1;
/** Exactly the versions whose handshakes QEMU tells apart; anything else is ambiguous. */
const versions: Readonly<Record<string, "no_choice" | "choice">> = {
  "RFB 003.003\n": "no_choice",
  "RFB 003.007\n": "choice",
  "RFB 003.008\n": "choice",
};
const nothing = Buffer.alloc(0);

type Phase = "version" | "security" | "init" | "message" | "transparent";

/**
 * Follows what an RFB client sends, in any chunking. Always: security type None only, and the
 * shared flag set, so that a new viewer never throws out another. With `viewOnly`, messages that
 * reach the guest (keys, pointer, clipboard, power, resize) are taken out, and a message of unknown
 * type ends the connection, since nobody can tell where the next one begins.
 */
export class RfbFilter {
  private phase: Phase = "version";
  private readonly held = Buffer.alloc(32);
  private heldBytes = 0;
  private rule: MessageRule | null = null;
  private inEncodings = false;
  private bodyLeft = 0;
  private out: Buffer = nothing;
  private outBytes = 0;

  constructor(private readonly viewOnly: boolean) {}

  /** Whether the client is through the handshake. */
  get established(): boolean {
    return this.phase === "message" || this.phase === "transparent";
  }

  /**
   * What to pass on of a chunk: the chunk itself once there is nothing to look at. Throws
   * RfbViolation.
   */
  push(chunk: Buffer): Buffer {
    if (this.phase === "transparent") return chunk;
    this.out = Buffer.allocUnsafe(this.heldBytes + chunk.length);
    this.outBytes = 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.heldBytes === 0 && this.bodyLeft > 0 && !this.inEncodings) {
        at = this.passBody(chunk, at);
      } else {
        this.held[this.heldBytes++] = chunk[at++] as number;
        this.step();
      }
      if ((this.phase as Phase) === "transparent") {
        const rest = chunk.subarray(at);
        return this.outBytes === 0
          ? rest
          : Buffer.concat([this.out.subarray(0, this.outBytes), rest]);
      }
    }
    return this.out.subarray(0, this.outBytes);
  }

  private step(): void {
    if (this.phase === "message") this.stepMessage();
    else this.stepHandshake();
  }

  private stepHandshake(): void {
    if (this.phase === "version") {
      if (this.heldBytes < 12) return;
      const kind = versions[this.held.toString("latin1", 0, 12)];
      if (kind === undefined) throw new RfbViolation("RFB version is not supported");
      this.phase = kind === "choice" ? "security" : "init";
    } else if (this.phase === "security") {
      if (this.held[0] !== securityNone) throw new RfbViolation("RFB security type is not None");
      this.phase = "init";
    } else {
      this.held[0] = 1;
      this.phase = this.viewOnly ? "message" : "transparent";
    }
    this.pass(this.heldBytes);
  }

  private stepMessage(): void {
    if (this.inEncodings) {
      this.stepEncoding();
      return;
    }
    const type = this.held[0] as number;
    this.rule ??= messageRules[type] ?? null;
    if (this.rule === null) throw new RfbViolation(`RFB message type ${type} is not known`);
    if (this.heldBytes < this.rule.headerBytes) return;
    const bodyBytes = this.rule.bodyBytes(this.held);
    if (bodyBytes === null) throw new RfbViolation(`RFB message of type ${type} is out of bounds`);
    this.bodyLeft = bodyBytes;
    this.inEncodings = type === setEncodings && bodyBytes > 0;
    if (this.rule.harmless) this.pass(this.heldBytes);
    this.heldBytes = 0;
    if (this.bodyLeft === 0) this.rule = null;
  }

  private stepEncoding(): void {
    if (this.heldBytes < 4) return;
    this.held.writeInt32BE(watcherEncoding(this.held.readInt32BE(0)), 0);
    this.pass(4);
    this.bodyLeft -= 4;
    if (this.bodyLeft > 0) return;
    this.inEncodings = false;
    this.rule = null;
  }

  private passBody(chunk: Buffer, at: number): number {
    const end = at + Math.min(this.bodyLeft, chunk.length - at);
    if (this.rule?.harmless) this.outBytes += chunk.copy(this.out, this.outBytes, at, end);
    this.bodyLeft -= end - at;
    if (this.bodyLeft === 0) this.rule = null;
    return end;
  }

  /** Passes on the held bytes. */
  private pass(length: number): void {
    this.outBytes += this.held.copy(this.out, this.outBytes, 0, length);
    this.heldBytes = 0;
  }
}
