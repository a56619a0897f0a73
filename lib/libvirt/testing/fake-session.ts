import type { Socket } from "node:net";
import { PROGRAM, PROGRAM_VERSION, type Procedure } from "../protocol/call";
import type { EventDefinition } from "../protocol/events";
import { remoteError } from "../protocol/types";
import {
  decodePacket,
  encodePacket,
  type Packet,
  PacketSplitter,
  STATUS,
  TYPE,
} from "../rpc/frame";
import { type AnyCodec, raw } from "../xdr/codec";
import { Refusal } from "./fake-state";

const RPC_ERROR = 39;
const RPC_DOMAIN = 7;
const PING = 1;
const PONG = 2;

/** What follows the header of a packet. */
interface Body {
  codec: AnyCodec;
  value: unknown;
}

/** What the daemon does with the bytes of one stream. A Refusal thrown here ends the stream. */
export interface FakeStream {
  /** Bytes for the client, if there are any; an empty packet follows them. */
  source?: Iterable<Buffer>;
  /** Bytes of the client; what is returned goes back to it. */
  onData?(bytes: Buffer): Buffer | undefined;
  onEnd?(): void;
}

/** What a handler knows of the call that it answers. */
export interface FakeCall {
  session: FakeSession;
  /** Opens the stream that follows the answer. */
  open(stream: FakeStream): void;
}

export interface FakeSessionOptions {
  /** Bytes delivered per turn of the event loop; all at once if not given. */
  chunkBytes?: number;
  find(program: number, number: number): { name: string; procedure: Procedure } | undefined;
  /** The result of a call, or a Refusal thrown. */
  answer(name: string, args: unknown, call: FakeCall): unknown;
}

/** One client of the fake daemon, seen from the daemon. */
export class FakeSession {
  /** Events that this client registered for: callback id by message number. */
  readonly registrations = new Map<number, number>();
  /** Requests under way now, and the most there ever were. */
  inFlight = 0;
  maxInFlight = 0;
  pings = 0;
  pongs = 0;
  private readonly splitter = new PacketSplitter();
  private readonly streams = new Map<number, { procedure: Procedure; stream: FakeStream }>();
  private sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly socket: Socket,
    private readonly options: FakeSessionOptions,
  ) {
    socket.on("data", (chunk: Buffer) => {
      this.splitter.push(chunk, (packet) => this.receive(decodePacket(packet)));
    });
    socket.on("error", () => socket.destroy());
  }

  /** Tells the client, if it has registered for this event. */
  emit(definition: EventDefinition, payload: Record<string, unknown>): void {
    const callbackId = this.registrations.get(definition.message);
    if (callbackId === undefined) return;
    const body = { codec: definition.payload, value: { ...payload, callbackId } };
    this.send(PROGRAM.remote, definition.message, TYPE.message, 0, STATUS.ok, body);
  }

  ping(): void {
    this.send(PROGRAM.keepalive, PING, TYPE.message, 0, STATUS.ok);
  }

  /** Puts bytes on the wire, after all that was sent before. */
  write(bytes: Buffer): Promise<void> {
    this.sending = this.sending.then(() => this.deliver(bytes));
    return this.sending;
  }

  /** Reads no more, as when the guest behind a stream takes no input. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  destroy(): void {
    this.socket.destroy();
  }

  private receive(packet: Packet): void {
    const { header } = packet;
    if (header.program === PROGRAM.keepalive) {
      if (header.procedure === PONG) this.pongs++;
      if (header.procedure === PING) {
        this.pings++;
        this.send(PROGRAM.keepalive, PONG, TYPE.message, 0, STATUS.ok);
      }
    } else if (header.type === TYPE.stream) {
      this.streamPacket(packet);
    } else {
      void this.callPacket(packet);
    }
  }

  private async callPacket({ header, payload }: Packet): Promise<void> {
    const { program, procedure: number, serial } = header;
    this.inFlight++;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
    try {
      const found = this.options.find(program, number);
      if (found === undefined)
        throw new Refusal(RPC_ERROR, `unknown procedure: ${number}`, RPC_DOMAIN);
      const args = found.procedure.args.read(payload);
      payload.end();
      const { name, procedure } = found;
      let stream: FakeStream | undefined;
      const open = (opened: FakeStream) => {
        stream = opened;
        this.streams.set(serial, { procedure, stream: opened });
      };
      const result = await this.options.answer(name, args, { session: this, open });
      const body = { codec: procedure.result, value: result };
      this.send(program, number, TYPE.reply, serial, STATUS.ok, body);
      const source = stream?.source;
      if (source) void this.sendSource(procedure, serial, source);
    } catch (error) {
      this.send(program, number, TYPE.reply, serial, STATUS.error, errorPayload(error));
    } finally {
      this.inFlight--;
    }
  }

  private async sendSource(
    { program, number }: Procedure,
    serial: number,
    source: Iterable<Buffer>,
  ): Promise<void> {
    for (const piece of source) {
      if (this.socket.destroyed) return;
      await this.send(program, number, TYPE.stream, serial, STATUS.continue, {
        codec: raw,
        value: piece,
      });
    }
    this.send(program, number, TYPE.stream, serial, STATUS.continue);
  }

  private streamPacket({ header, payload }: Packet): void {
    const { program, procedure: number, serial, status } = header;
    const open = this.streams.get(serial);
    if (open === undefined) return;
    const reply = (replyStatus: number, body?: Body) =>
      this.send(program, number, TYPE.stream, serial, replyStatus, body);
    try {
      if (status === STATUS.continue) {
        const back = open.stream.onData?.(Buffer.from(payload.rest()));
        if (back) reply(STATUS.continue, { codec: raw, value: back });
        return;
      }
      this.streams.delete(serial);
      if (status === STATUS.ok) {
        open.stream.onEnd?.();
        reply(STATUS.ok);
      }
    } catch (error) {
      this.streams.delete(serial);
      reply(STATUS.error, errorPayload(error));
    }
  }

  private send(
    program: number,
    procedure: number,
    type: number,
    serial: number,
    status: number,
    body?: Body,
  ): Promise<void> {
    const header = { program, version: PROGRAM_VERSION, procedure, type, serial, status };
    return this.write(encodePacket(header, body?.codec, body?.value));
  }

  private async deliver(bytes: Buffer): Promise<void> {
    const size = this.options.chunkBytes ?? bytes.length;
    for (let start = 0; start < bytes.length && !this.socket.destroyed; start += size) {
      const flushed = this.socket.write(bytes.subarray(start, start + size));
      if (this.options.chunkBytes !== undefined) await turn();
      else if (!flushed) await drained(this.socket);
    }
  }
}

function errorPayload(error: unknown): Body {
  const { code, domain, message } =
    error instanceof Refusal ? error : new Refusal(RPC_ERROR, String(error), RPC_DOMAIN);
  return { codec: remoteError, value: { code, domain, message, level: 2, int1: 0, int2: 0 } };
}

/** One turn of the event loop: the other side, in this same process, reads in between. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off("drain", done);
      socket.off("close", done);
      resolve();
    };
    socket.on("drain", done);
    socket.on("close", done);
  });
}
