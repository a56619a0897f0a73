import {
  extendedKey,
  keyEvent,
  type MessageRule,
  messageRules,
  passedEncoding,
  pointerEvent,
  qemuMessage,
  setEncodings,
  untouchedBytes,
} from "./rfb-messages";

/** Thrown when a client sends what must not or cannot be passed on; the connection has to end. */
export class RfbViolation extends Error {
  override readonly name = "RfbViolation";
}

const securityNone = 1;
/** More than a person has fingers: keys that repeat are counted each time. */
const mostKeysDown = 32;
/** Exactly the versions whose handshakes QEMU tells apart; anything else is ambiguous. */
const versions: Readonly<Record<string, "no_choice" | "choice">> = {
  "RFB 003.003\n": "no_choice",
  "RFB 003.007\n": "choice",
  "RFB 003.008\n": "choice",
};
const nothing = Buffer.alloc(0);
/** The longest header of all messages, and RFB's version, are shorter. */
const heldRoom = 32;

/** `opened`: the handshake is over, and nothing has come yet. */
type Phase = "version" | "security" | "init" | "opened" | "message" | "transparent";

/**
 * Follows what an RFB client sends, in any chunking. Always: security type None only, and the
 * shared flag set, so that a new viewer never throws out another. With `viewOnly`, and while
 * muted, messages that reach the guest (keys, pointer, clipboard, power, resize) are taken out, but
 * for the release of what was pressed before, and a message of unknown type ends the connection,
 * since nobody can tell where the next one begins. Of who may type, all passes from there on.
 */
export class RfbFilter {
  private phase: Phase;
  /** Of a message that is not whole yet. Made when it is needed: most come whole. */
  private held: Buffer = nothing;
  private heldBytes = 0;
  private rule: MessageRule | null = null;
  private inEncodings = false;
  private bodyLeft = 0;
  private out: Buffer = nothing;
  private outBytes = 0;

  /** Keys and buttons that the guest holds to be pressed by this client. */
  private keysDown = 0;
  private buttonsDown = false;
  private passing = false;

  /**
   * `isMuted` is asked at each chunk with messages that reach the guest, and may change its answer.
   * With `opened` the handshake is over already (see `openRfb`).
   */
  constructor(
    private readonly viewOnly: boolean,
    private readonly isMuted: () => boolean = () => false,
    opened = false,
  ) {
    this.phase = opened ? "opened" : "version";
  }

  /** Whether the client is through the handshake, and has said something. */
  get established(): boolean {
    return this.phase === "message" || this.phase === "transparent";
  }

  /**
   * What to pass on of a chunk: the chunk itself once there is nothing to look at. Throws
   * RfbViolation.
   */
  push(chunk: Buffer): Buffer {
    if (this.phase === "transparent") return this.whole(chunk);
    let at = this.untouchedRun(chunk, 0);
    if (at === chunk.length) return chunk;
    this.out = Buffer.allocUnsafe(this.heldBytes + chunk.length);
    this.outBytes = chunk.copy(this.out, 0, 0, at);
    while (at < chunk.length) {
      if (this.heldBytes === 0 && this.bodyLeft > 0 && !this.inEncodings) {
        at = this.passBody(chunk, at);
      } else {
        if (this.held.length === 0) this.held = Buffer.alloc(heldRoom);
        this.held[this.heldBytes++] = chunk[at++] as number;
        this.step();
      }
      const end = this.untouchedRun(chunk, at);
      this.outBytes += chunk.copy(this.out, this.outBytes, at, end);
      at = end;
      if ((this.phase as Phase) === "transparent") {
        const rest = this.whole(chunk.subarray(at));
        const passed = this.takeOut();
        return passed.length === 0 ? rest : Buffer.concat([passed, rest]);
      }
    }
    return this.takeOut();
  }

  /**
   * Where the run of whole messages ends that begins at `from` and passes as it is: nearly all of
   * what is typed and pointed. It is neither copied nor stepped through; everything else is.
   */
  private untouchedRun(chunk: Buffer, from: number): number {
    if (this.phase !== "message" || this.heldBytes > 0 || this.bodyLeft > 0) return from;
    if (from === chunk.length) return from;
    const mayType = !this.viewOnly && !this.isMuted();
    let at = from;
    while (at < chunk.length) {
      const type = chunk[at] as number;
      const bytes = untouchedBytes[type] as number;
      const end = at + bytes;
      if (bytes === 0 || end > chunk.length) return at;
      const reaches = type === pointerEvent || type === keyEvent || type === qemuMessage;
      if (reaches && !mayType) return at;
      if (type === pointerEvent) {
        this.buttonsDown = chunk[at + 1] !== 0;
      } else if (type === keyEvent) {
        this.countKey(chunk[at + 1] !== 0);
      } else if (type === qemuMessage) {
        if (chunk[at + 1] !== extendedKey) return at;
        this.countKey(chunk[at + 3] !== 0);
      }
      at = end;
    }
    return at;
  }

  /** Not kept here: small buffers are parts of larger ones, which would stay with each console. */
  private takeOut(): Buffer {
    const passed = this.out.subarray(0, this.outBytes);
    this.out = nothing;
    if (this.heldBytes === 0) this.held = nothing;
    return passed;
  }

  private step(): void {
    if (this.phase === "opened") this.phase = "message";
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
      this.phase = "message";
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
    if (this.rule === null) {
      this.lose(`RFB message type ${type} is not known`);
      return;
    }
    if (this.heldBytes < this.rule.headerBytes) return;
    const bodyBytes = this.rule.bodyBytes(this.held);
    if (bodyBytes === null) {
      this.lose(`RFB message of type ${type} is out of bounds`);
      return;
    }
    this.bodyLeft = bodyBytes;
    this.inEncodings = type === setEncodings && bodyBytes > 0;
    this.passing = this.rule.harmless || this.mayReach(type);
    if (this.passing) this.pass(this.heldBytes);
    this.heldBytes = 0;
    if (this.bodyLeft === 0) this.rule = null;
  }

  /** Whether a message may reach the guest, of which the header is held. */
  private mayReach(type: number): boolean {
    if (this.viewOnly) return false;
    const muted = this.isMuted();
    if (type === pointerEvent) {
      const pressed = this.held[1] !== 0;
      if (muted && (pressed || !this.buttonsDown)) return false;
      this.buttonsDown = pressed;
      return true;
    }
    const key = type === keyEvent || (type === qemuMessage && this.held[1] === extendedKey);
    if (!key) return !muted;
    const pressed = this.held[type === keyEvent ? 1 : 3] !== 0;
    if (muted && (pressed || this.keysDown === 0)) return false;
    this.countKey(pressed);
    return true;
  }

  private countKey(pressed: boolean): void {
    if (pressed) this.keysDown = Math.min(this.keysDown + 1, mostKeysDown);
    else this.keysDown = Math.max(0, this.keysDown - 1);
  }

  /** Nobody can tell any more where a message begins. */
  private lose(why: string): void {
    if (this.viewOnly || this.isMuted()) throw new RfbViolation(why);
    this.phase = "transparent";
    this.pass(this.heldBytes);
  }

  private whole(chunk: Buffer): Buffer {
    if (chunk.length > 0 && this.isMuted()) throw new RfbViolation("RFB messages cannot be told");
    return chunk;
  }

  private stepEncoding(): void {
    if (this.heldBytes < 4) return;
    const passed = passedEncoding(this.held.readInt32BE(0), this.viewOnly);
    this.held.writeInt32BE(passed, 0);
    this.pass(4);
    this.bodyLeft -= 4;
    if (this.bodyLeft > 0) return;
    this.inEncodings = false;
    this.rule = null;
  }

  private passBody(chunk: Buffer, at: number): number {
    const end = at + Math.min(this.bodyLeft, chunk.length - at);
    if (this.passing) this.outBytes += chunk.copy(this.out, this.outBytes, at, end);
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
