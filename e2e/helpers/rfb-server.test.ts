import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ByteReader } from "./byte-reader";
import { eventually } from "./eventually";
import { patternColour } from "./rfb-pixels";
import { type RfbServer, startRfbServer } from "./rfb-server";

let dir: string;
let server: RfbServer;
let sockets: Socket[] = [];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "rfb-"));
  server = await startRfbServer(join(dir, "vnc"));
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await server.close();
  rmSync(dir, { recursive: true });
});

/** The least that speaks RFB: shakes hands, asks for frames, reads raw rectangles. */
class Client {
  readonly socket: Socket;
  private readonly reader: ByteReader;
  private readonly byteByByte: boolean;

  constructor(byteByByte: boolean, path = server.path) {
    this.byteByByte = byteByByte;
    this.socket = connect(path);
    this.socket.setNoDelay(true);
    this.reader = new ByteReader(this.socket);
    sockets.push(this.socket);
  }

  send(...bytes: number[]): void {
    const all = this.byteByByte ? bytes.map((byte) => [byte]) : [bytes];
    for (const part of all) this.socket.write(Buffer.from(part));
  }

  async shakeHands(): Promise<{ width: number; height: number; name: string }> {
    expect((await this.reader.take(12)).toString()).toBe("RFB 003.008\n");
    this.send(...Buffer.from("RFB 003.008\n"));
    expect([...(await this.reader.take(2))]).toEqual([1, 1]);
    this.send(1);
    expect((await this.reader.take(4)).readUInt32BE()).toBe(0);
    this.send(1);
    const init = await this.reader.take(24);
    const name = (await this.reader.take(init.readUInt32BE(20))).toString();
    return { width: init.readUInt16BE(0), height: init.readUInt16BE(2), name };
  }

  ask(incremental: boolean): void {
    this.send(3, incremental ? 1 : 0, 0, 0, 0, 0, 0, 64, 0, 48);
  }

  /** One update: each rectangle's encoding, and the pixels of the raw one. */
  async update(): Promise<{ encodings: number[]; pixels: Buffer }> {
    const head = await this.reader.take(4);
    expect(head.readUInt8(0)).toBe(0);
    const encodings: number[] = [];
    let pixels = Buffer.alloc(0);
    for (let left = head.readUInt16BE(2); left > 0; left -= 1) {
      const rectangle = await this.reader.take(12);
      const encoding = rectangle.readInt32BE(8);
      encodings.push(encoding);
      const bytes = 4 * rectangle.readUInt16BE(4) * rectangle.readUInt16BE(6);
      if (encoding === 0) pixels = Buffer.from(await this.reader.take(bytes));
    }
    return { encodings, pixels };
  }
}

async function viewer(byteByByte = false, path = server.path): Promise<Client> {
  const client = new Client(byteByByte, path);
  await client.shakeHands();
  return client;
}

function colourAt(pixels: Buffer, x: number, y: number): number[] {
  const at = 4 * (y * 64 + x);
  return [pixels.readUInt8(at + 2), pixels.readUInt8(at + 1), pixels.readUInt8(at)];
}

describe.each([
  ["in whole messages", false],
  ["a byte at a time", true],
])("a viewer that writes %s", (_name, byteByByte) => {
  it("sees the pattern, and the next one when it is painted", async () => {
    const client = new Client(byteByByte);
    expect(await client.shakeHands()).toEqual({ width: 64, height: 48, name: "test pattern" });
    expect(server.sharedFlags).toEqual([true]);
    client.ask(false);
    const first = await client.update();
    expect(colourAt(first.pixels, 20, 30)).toEqual(patternColour(0, 20, 30, 64, 48));
    client.ask(true);
    server.paint();
    const second = await client.update();
    expect(server.frame()).toBe(1);
    expect(colourAt(second.pixels, 20, 30)).toEqual(patternColour(1, 20, 30, 64, 48));
    expect(second.pixels.equals(first.pixels)).toBe(false);
  });

  it("has its input recorded", async () => {
    const client = await viewer(byteByByte);
    client.send(4, 1, 0, 0, 0, 0, 0, 0x61);
    client.send(255, 0, 0, 0, 0, 0, 0, 0x61, 0, 0, 0, 0x1e);
    client.send(5, 1, 0, 7, 1, 2);
    client.send(6, 0, 0, 0, 0, 0, 0, 2, 0x68, 0x69);
    client.send(2, 0, 0, 2, 0, 0, 0, 0, 0xff, 0xff, 0xfe, 0xfe);
    await eventually("five inputs", () => expect(server.input).toHaveLength(5));
    expect(server.input).toEqual([
      { type: "key", keysym: 0x61, down: true, scancode: null },
      { type: "key", keysym: 0x61, down: false, scancode: 0x1e },
      { type: "pointer", x: 7, y: 258, buttons: 1 },
      { type: "cut_text", text: "hi" },
      { type: "encodings", encodings: [0, -258] },
    ]);
  });
});

describe("the script", () => {
  it("answers SetEncodings, as QEMU does", async () => {
    const client = await viewer();
    client.ask(true);
    client.send(2, 0, 0, 1, 0xff, 0xff, 0xfe, 0xfe);
    expect((await client.update()).encodings).toEqual([-258]);
  });

  it("paints in the byte order that the viewer asks for", async () => {
    const client = await viewer();
    // 32 bits, depth 24, little endian, true colour, red in the lowest byte.
    client.send(0, 0, 0, 0, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16, 0, 0, 0);
    client.ask(false);
    const { pixels } = await client.update();
    const [red, green, blue] = patternColour(0, 0, 0, 64, 48);
    expect([...pixels.subarray(0, 3)]).toEqual([red, green, blue]);
  });

  it("neither reads nor writes while it is stalled, and then goes on", async () => {
    const client = await viewer();
    client.ask(true);
    client.send(4, 1, 0, 0, 0, 0, 0, 0x61);
    await eventually("the key", () => expect(server.input).toHaveLength(1));
    const readBytes = client.socket.bytesRead;
    server.stall();
    server.paint();
    client.send(4, 0, 0, 0, 0, 0, 0, 0x61);
    // Whole conversations of a server that is not stalled: time enough for the other one.
    const lively = await startRfbServer(join(dir, "lively"));
    for (let turn = 0; turn < 3; turn += 1) {
      const other = await viewer(false, lively.path);
      other.ask(false);
      await other.update();
    }
    await lively.close();
    expect(server.input).toHaveLength(1);
    expect(client.socket.bytesRead).toBe(readBytes);
    server.resume();
    expect((await client.update()).pixels.length).toBe(4 * 64 * 48);
    await eventually("the second key", () => expect(server.input).toHaveLength(2));
  });

  it("cuts its viewers and takes new ones", async () => {
    const client = await viewer();
    expect(server.viewers()).toBe(1);
    server.drop();
    await once(client.socket, "close");
    await eventually("no viewer", () => expect(server.viewers()).toBe(0));
    const next = await viewer();
    next.ask(false);
    expect((await next.update()).encodings).toEqual([0]);
  });

  it("ends a connection that sends what it does not speak", async () => {
    const client = await viewer();
    client.send(99);
    await once(client.socket, "close");
  });

  it("removes its socket when it is closed", async () => {
    const path = join(dir, "other");
    const other = await startRfbServer(path);
    await other.close();
    expect(existsSync(path)).toBe(false);
  });
});
