import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { ByteReader } from "./byte-reader";
import { type PixelFormat, paintPattern, readPixelFormat, serverPixelFormat } from "./rfb-pixels";

/** What a viewer sent, in the order of arrival. */
export type RfbInput =
  | { type: "key"; keysym: number; down: boolean; scancode: number | null }
  | { type: "pointer"; x: number; y: number; buttons: number }
  | { type: "cut_text"; text: string }
  | { type: "encodings"; encodings: number[] };

export interface RfbServerOptions {
  width?: number;
  height?: number;
  name?: string;
}

/**
 * A VNC server on a unix socket that does what a test tells it to: RFB 003.008, no
 * password, raw rectangles of a pattern that changes with every `paint()`.
 */
export interface RfbServer {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  /** All input of all viewers, oldest first. */
  readonly input: RfbInput[];
  /** Viewers connected now, and the shared flag of each one that came this far. */
  viewers(): number;
  readonly sharedFlags: boolean[];
  /** Number of the pattern that is shown, from 0. */
  frame(): number;
  /** Shows the next pattern to all viewers that wait for a change. */
  paint(): void;
  /** Neither reads nor writes until `resume()`; connections stay open. */
  stall(): void;
  resume(): void;
  /** Cuts all connections; new ones are accepted. */
  drop(): void;
  /** Cuts all connections and removes the socket. */
  close(): Promise<void>;
}

/** Listens on a fresh unix socket at `path`; rejects when it cannot. */
export async function startRfbServer(
  path: string,
  options: RfbServerOptions = {},
): Promise<RfbServer> {
  const { width = 64, height = 48, name = "test pattern" } = options;
  const screen: Screen = { width, height, name, frame: 0, input: [], sharedFlags: [] };
  const viewers = new Set<Viewer>();
  let stalled = false;

  const server = createServer((socket) => {
    const viewer = new Viewer(socket, screen);
    viewers.add(viewer);
    viewer.stall(stalled);
    socket.on("close", () => viewers.delete(viewer));
    // A cut connection is part of the script, not an error of the test.
    viewer.serve().catch(() => socket.destroy());
  });
  server.listen(path);
  await once(server, "listening");

  function stallAll(on: boolean): void {
    stalled = on;
    for (const viewer of viewers) viewer.stall(on);
  }

  function drop(): void {
    for (const viewer of viewers) viewer.socket.destroy();
  }

  return {
    path,
    width,
    height,
    input: screen.input,
    sharedFlags: screen.sharedFlags,
    viewers: () => viewers.size,
    frame: () => screen.frame,
    paint() {
      screen.frame += 1;
      for (const viewer of viewers) viewer.changed();
    },
    stall: () => stallAll(true),
    resume: () => stallAll(false),
    drop,
    async close() {
      drop();
      server.close();
      await once(server, "close");
    },
  };
}

interface Screen {
  readonly width: number;
  readonly height: number;
  readonly name: string;
  frame: number;
  readonly input: RfbInput[];
  readonly sharedFlags: boolean[];
}

const qemuExtendedKey = -258;

/** One connection. */
class Viewer {
  readonly socket: Socket;
  private readonly screen: Screen;
  private readonly reader: ByteReader;
  private format: PixelFormat = serverPixelFormat;
  private stalled = false;
  /** The viewer asked for an update and has not got one. */
  private asked = false;
  /** There is something that it has not seen. */
  private dirty = false;
  /** Pseudo rectangles that go out with the next update. */
  private announced: number[] = [];

  constructor(socket: Socket, screen: Screen) {
    this.socket = socket;
    this.screen = screen;
    this.reader = new ByteReader(socket);
    socket.on("error", () => undefined);
  }

  stall(on: boolean): void {
    this.stalled = on;
    if (on) this.socket.pause();
    else {
      this.socket.resume();
      this.update();
    }
  }

  changed(): void {
    this.dirty = true;
    this.update();
  }

  /** Speaks RFB until the connection ends; then rejects. */
  async serve(): Promise<never> {
    this.socket.write("RFB 003.008\n");
    await this.reader.take(12);
    this.socket.write(Buffer.from([1, 1]));
    await this.reader.take(1);
    this.socket.write(Buffer.alloc(4));
    const shared = (await this.reader.take(1)).readUInt8() !== 0;
    this.screen.sharedFlags.push(shared);
    this.socket.write(this.serverInit());
    for (;;) await this.message();
  }

  private serverInit(): Buffer {
    const { width, height, name } = this.screen;
    const fixed = Buffer.alloc(24);
    fixed.writeUInt16BE(width, 0);
    fixed.writeUInt16BE(height, 2);
    fixed.set([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0], 4);
    fixed.writeUInt32BE(Buffer.byteLength(name), 20);
    return Buffer.concat([fixed, Buffer.from(name)]);
  }

  private async message(): Promise<void> {
    const type = (await this.reader.take(1)).readUInt8();
    switch (type) {
      case 0:
        this.format = readPixelFormat((await this.reader.take(19)).subarray(3));
        return;
      case 2:
        return this.setEncodings();
      case 3: {
        const incremental = (await this.reader.take(9)).readUInt8() !== 0;
        this.asked = true;
        this.dirty ||= !incremental;
        return this.update();
      }
      case 4: {
        const body = await this.reader.take(7);
        const down = body.readUInt8() !== 0;
        this.record({ type: "key", keysym: body.readUInt32BE(3), down, scancode: null });
        return;
      }
      case 5: {
        const body = await this.reader.take(5);
        const [x, y] = [body.readUInt16BE(1), body.readUInt16BE(3)];
        this.record({ type: "pointer", x, y, buttons: body.readUInt8() });
        return;
      }
      case 6: {
        const length = Math.abs((await this.reader.take(7)).readInt32BE(3));
        const text = (await this.reader.take(length)).toString("latin1");
        this.record({ type: "cut_text", text });
        return;
      }
      case 255:
        return this.extendedKey();
      default:
        throw new Error(`message ${type} is not spoken here`);
    }
  }

  private async setEncodings(): Promise<void> {
    const count = (await this.reader.take(3)).readUInt16BE(1);
    const body = await this.reader.take(4 * count);
    const encodings = Array.from({ length: count }, (_, at) => body.readInt32BE(4 * at));
    this.record({ type: "encodings", encodings });
    // As QEMU does: every SetEncodings is answered, which viewers use as a sign of life.
    if (!encodings.includes(qemuExtendedKey)) return;
    this.announced.push(qemuExtendedKey);
    this.update();
  }

  private async extendedKey(): Promise<void> {
    const body = await this.reader.take(11);
    const down = body.readUInt16BE(1) !== 0;
    const [keysym, scancode] = [body.readUInt32BE(3), body.readUInt32BE(7)];
    this.record({ type: "key", keysym, down, scancode });
  }

  private record(input: RfbInput): void {
    this.screen.input.push(input);
  }

  private update(): void {
    if (!this.asked || this.stalled || this.socket.destroyed) return;
    if (!this.dirty && this.announced.length === 0) return;
    const { width, height, frame } = this.screen;
    const parts = this.announced.map((encoding) => rectangle(0, 0, encoding));
    if (this.dirty) {
      parts.push(rectangle(width, height, 0), paintPattern(frame, width, height, this.format));
    }
    const head = Buffer.alloc(4);
    head.writeUInt16BE(this.announced.length + (this.dirty ? 1 : 0), 2);
    this.asked = false;
    this.dirty = false;
    this.announced = [];
    this.socket.write(Buffer.concat([head, ...parts]));
  }
}

function rectangle(width: number, height: number, encoding: number): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(width, 4);
  head.writeUInt16BE(height, 6);
  head.writeInt32BE(encoding, 8);
  return head;
}
