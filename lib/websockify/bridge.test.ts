import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import type { BridgeEnd } from "./bridge-options";
import { RfbFilter } from "./rfb-filter";
import { largeReadBytes, pinnedSlabBytes } from "./slab";
import { type ClientFrame, clientFrame } from "./testing/client-frame";
import { cleanUp, startProxy, unixServer, type WsProxy } from "./testing/proxy";
import { PatternCheck, patternBytes } from "./testing/stream-check";
import { until } from "./testing/until";

afterEach(cleanUp);

const mib = 1024 * 1024;

async function open(
  proxy: WsProxy,
  onMessage: (data: Buffer) => void = () => undefined,
): Promise<WebSocket> {
  const client = new WebSocket(proxy.url, ["binary"]);
  onTestFinished(() => client.terminate());
  // From the start: the first frames may come together with the answer to the handshake.
  client.on("message", onMessage);
  await new Promise<void>((resolve, reject) => {
    client.on("open", resolve);
    client.on("error", reject);
  });
  return client;
}

function closing(client: WebSocket): Promise<{ code: number; reason: string }> {
  return new Promise((resolve) => {
    client.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
  });
}

/** A client that writes raw bytes after the handshake and keeps what it gets. */
async function openRaw(proxy: WsProxy): Promise<{ socket: Socket; received: () => Buffer }> {
  const socket = connect(proxy.port, "127.0.0.1");
  onTestFinished(() => {
    socket.destroy();
  });
  const chunks: Buffer[] = [];
  socket.on("error", () => undefined);
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.write(
    "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  const all = () => Buffer.concat(chunks);
  const bodyStart = () => all().indexOf("\r\n\r\n") + 4;
  await until(() => bodyStart() > 3);
  return { socket, received: () => all().subarray(bodyStart()) };
}

/** Sends a pattern as fast as the socket takes it. */
function offer(socket: Socket, seed: number, totalBytes: number): void {
  let sent = 0;
  const more = () => {
    while (sent < totalBytes) {
      const length = Math.min(65_537, totalBytes - sent);
      const room = socket.write(patternBytes(seed, sent, length));
      sent += length;
      if (!room) {
        socket.once("drain", more);
        return;
      }
    }
  };
  more();
}

describe("bytes", () => {
  test("pass both ways intact, whatever the sizes", async () => {
    const toTarget = new PatternCheck(1);
    const target = await unixServer((socket) => {
      socket.on("data", (chunk) => toTarget.push(chunk));
      offer(socket, 2, 5 * mib);
    });
    const proxy = await startProxy(target.path);
    const toBrowser = new PatternCheck(2);
    const client = await open(proxy, (data) => toBrowser.push(data));
    let sent = 0;
    for (const length of [1, 2, 125, 126, 127, 128, 65_535, 65_536, 65_537, mib - 7, mib]) {
      client.send(patternBytes(1, sent, length));
      sent += length;
    }
    await until(() => toTarget.bytes === sent && toBrowser.bytes === 5 * mib);
    expect(toTarget.firstFault).toBeNull();
    expect(toBrowser.firstFault).toBeNull();
    const counters = proxy.bridges[0]?.counters();
    expect(counters).toMatchObject({ fromBrowserBytes: sent, fromTargetBytes: 5 * mib });
  });

  test("arrive when the client sends a byte at a time", async () => {
    const got: Buffer[] = [];
    const target = await unixServer((socket) => socket.on("data", (chunk) => got.push(chunk)));
    const { socket } = await openRaw(await startProxy(target.path));
    socket.setNoDelay(true);
    const frames = ["key", "down", "x".repeat(300)].map((payload) =>
      clientFrame({ opcode: 2, payload }),
    );
    for (const byte of Buffer.concat(frames)) {
      await new Promise((resolve) => socket.write(Buffer.from([byte]), resolve));
    }
    await until(() => Buffer.concat(got).length === 307);
    expect(Buffer.concat(got).toString()).toBe(`keydown${"x".repeat(300)}`);
  });

  test("of many consoles never mix, though all are read into one buffer", async () => {
    const count = 9;
    const total = 8 * mib;
    let accepted = 0;
    const target = await unixServer((socket) => {
      accepted += 1;
      offer(socket, accepted, total);
    });
    const proxy = await startProxy(target.path);
    const checks: PatternCheck[] = [];
    const stalled: WebSocket[] = [];
    for (let index = 0; index < count; index += 1) {
      const check = new PatternCheck(index + 1);
      checks.push(check);
      const client = await open(proxy, (data) => check.push(data));
      // Frames of every third wait in the process while the others go through it.
      if (index % 3 > 0) continue;
      client.pause();
      stalled.push(client);
    }
    const paused = () => proxy.bridges.filter((each) => each.counters().waitingBytes > 0).length;
    const done = () => checks.filter((each) => each.bytes === total).length;
    await until(() => done() === count - stalled.length && paused() === stalled.length);
    for (const client of stalled) client.resume();
    await until(() => done() === count);
    expect(checks.map((each) => each.firstFault)).toEqual(Array(count).fill(null));
  });
});

describe("a side that does not read", () => {
  test("the browser: the target is read no further, and all arrives afterwards", async () => {
    const total = 48 * mib;
    const target = await unixServer((socket) => offer(socket, 3, total));
    const proxy = await startProxy(target.path);
    const check = new PatternCheck(3);
    const client = await open(proxy, (data) => check.push(data));
    client.pause();
    const [bridge] = proxy.bridges;
    await until(() => (bridge?.counters().targetPauses ?? 0) > 0);
    const stalled = bridge?.counters();
    expect(stalled?.waitingBytes).toBeLessThanOrEqual(largeReadBytes + 10);
    expect(stalled?.fromTargetBytes).toBeLessThan(total);
    client.resume();
    await until(() => check.bytes === total);
    expect(check.firstFault).toBeNull();
    expect(bridge?.counters().maxWaitingBytes).toBeLessThanOrEqual(largeReadBytes + 10);
    expect(pinnedSlabBytes()).toBe(0);
  });

  test("the target: the browser is read no further, and all arrives afterwards", async () => {
    const total = 48 * mib;
    const check = new PatternCheck(4);
    const targets: Socket[] = [];
    const target = await unixServer((socket) => {
      targets.push(socket);
      socket.on("data", (chunk) => check.push(chunk));
      socket.pause();
    });
    const proxy = await startProxy(target.path);
    const client = await open(proxy);
    for (let sent = 0; sent < total; sent += mib / 2) client.send(patternBytes(4, sent, mib / 2));
    const [bridge] = proxy.bridges;
    await until(() => (bridge?.counters().browserPauses ?? 0) > 0);
    expect(bridge?.counters().waitingBytes).toBeLessThanOrEqual(3 * 65_536);
    expect(bridge?.counters().fromBrowserBytes).toBeLessThan(total);
    targets[0]?.resume();
    await until(() => check.bytes === total);
    expect(check.firstFault).toBeNull();
    expect(bridge?.counters().maxWaitingBytes).toBeLessThanOrEqual(3 * 65_536);
  });

  test("a ping that comes meanwhile is answered once, with the newest payload", async () => {
    const target = await unixServer((socket) => offer(socket, 5, 16 * mib));
    const proxy = await startProxy(target.path);
    const pongs: string[] = [];
    let bytes = 0;
    const client = await open(proxy, (data) => {
      bytes += data.length;
    });
    client.on("pong", (payload) => pongs.push(payload.toString()));
    client.pause();
    await until(() => (proxy.bridges[0]?.counters().targetPauses ?? 0) > 0);
    for (let count = 0; count < 50; count += 1) client.ping(`ping ${count}`);
    client.resume();
    await until(() => bytes === 16 * mib && pongs.at(-1) === "ping 49");
  });
});

test("an empty message is answered behind what waits, once, where the console echoes", async () => {
  const target = await unixServer((socket) => offer(socket, 6, 16 * mib));
  const proxy = await startProxy(target.path, () => ({ echoesEmpty: true }));
  let bytes = 0;
  const behind: number[] = [];
  const client = await open(proxy, (data) => {
    bytes += data.length;
    if (data.length === 0) behind.push(bytes);
  });
  client.pause();
  await until(() => (proxy.bridges[0]?.counters().targetPauses ?? 0) > 0);
  const waiting = proxy.bridges[0]?.counters().fromTargetBytes ?? 0;
  for (let count = 0; count < 50; count += 1) client.send(Buffer.alloc(0));
  client.resume();
  await until(() => bytes === 16 * mib && behind.length > 0);
  client.send(Buffer.alloc(0));
  await until(() => behind.at(-1) === 16 * mib);
  expect(behind[0]).toBeGreaterThanOrEqual(waiting);
  expect(behind.length).toBeLessThan(50);
  expect(proxy.bridges[0]?.counters().fromBrowserBytes).toBe(0);
});

describe("what a client must not send", () => {
  const wrong: [string, ClientFrame[], number][] = [
    ["text", [{ opcode: 1, payload: "hello" }], 1003],
    ["a frame of 100 MiB", [{ opcode: 2, claimedLength: 100 * mib }], 1009],
    ["a frame without mask", [{ opcode: 2, payload: "x", masked: false }], 1002],
    ["an unknown opcode", [{ opcode: 3, payload: "x" }], 1002],
    ["a ping flood", Array.from({ length: 5_000 }, () => ({ opcode: 9 })), 1008],
    ["a pong flood", Array.from({ length: 5_000 }, () => ({ opcode: 10 })), 1008],
  ];
  test.each(wrong)("%s ends the connection and reaches nobody", async (_, frames, code) => {
    const got: Buffer[] = [];
    const target = await unixServer((socket) => socket.on("data", (chunk) => got.push(chunk)));
    const proxy = await startProxy(target.path);
    const { socket, received } = await openRaw(proxy);
    socket.write(Buffer.concat(frames.map(clientFrame)));
    const end = await proxy.bridges[0]?.ended;
    expect(end).toMatchObject({ by: "portal", code });
    const answer = received();
    const close = answer.subarray(answer.lastIndexOf(Buffer.from([0x88])));
    expect(close.readUInt16BE(2)).toBe(code);
    expect(Buffer.concat(got).length).toBe(0);
  });
});

describe("the end", () => {
  test("a close by the portal carries code and reason, and ends the target", async () => {
    let targetEnded = false;
    const target = await unixServer((socket) => {
      socket.resume().on("close", () => {
        targetEnded = true;
      });
    });
    const proxy = await startProxy(target.path);
    const client = await open(proxy);
    const closed = closing(client);
    proxy.bridges[0]?.close(4003, "closed.access_ended");
    expect(await closed).toEqual({ code: 4003, reason: "closed.access_ended" });
    expect(await proxy.bridges[0]?.ended).toMatchObject({ by: "portal", code: 4003 });
    await until(() => targetEnded);
  });

  test("is told once, and also to who asks afterwards", async () => {
    const target = await unixServer((socket) => socket.resume());
    const told: BridgeEnd[] = [];
    const proxy = await startProxy(target.path, () => ({ onEnd: (end) => void told.push(end) }));
    const client = await open(proxy);
    client.close(1000);
    await until(() => told.length > 0);
    proxy.bridges[0]?.close(4003, "late");
    expect(await proxy.bridges[0]?.ended).toEqual(told[0]);
    expect(told).toMatchObject([{ by: "browser", code: 1000 }]);
  });

  test("a close is in force within a second although the browser reads nothing", async () => {
    const target = await unixServer((socket) => offer(socket, 6, 64 * mib));
    const proxy = await startProxy(target.path);
    const client = await open(proxy);
    client.pause();
    const [bridge] = proxy.bridges;
    await until(() => (bridge?.counters().targetPauses ?? 0) > 0);
    bridge?.close(4003, "closed.access_ended");
    expect(await bridge?.ended).toMatchObject({ code: 4003 });
    expect(pinnedSlabBytes()).toBe(0);
  });

  test("the target's last bytes come before its close", async () => {
    const target = await unixServer((socket) => socket.end(patternBytes(7, 0, 3 * mib)));
    const close = { code: 4001, reason: "closed.guest_stopped" };
    const proxy = await startProxy(target.path, () => ({ onTargetEnd: async () => close }));
    const client = new WebSocket(proxy.url);
    const check = new PatternCheck(7);
    client.on("message", (data: Buffer) => check.push(data));
    expect(await closing(client)).toEqual(close);
    expect(check).toMatchObject({ bytes: 3 * mib, firstFault: null });
  });

  test("a close by the browser is answered with its code", async () => {
    const target = await unixServer((socket) => socket.resume());
    const proxy = await startProxy(target.path);
    const client = await open(proxy);
    const closed = closing(client);
    client.close(1000, "bye");
    expect(await closed).toMatchObject({ code: 1000 });
    expect(await proxy.bridges[0]?.ended).toMatchObject({ by: "browser", code: 1000 });
  });

  test("a browser that vanishes is noticed", async () => {
    const target = await unixServer((socket) => socket.resume());
    const proxy = await startProxy(target.path);
    const client = await open(proxy);
    client.terminate();
    expect(await proxy.bridges[0]?.ended).toMatchObject({ by: "lost", code: 1006 });
  });

  test("a browser that answers no ping is dead, one that answers lives", async () => {
    const target = await unixServer((socket) => socket.resume());
    const proxy = await startProxy(target.path, () => ({ pingMs: 1_000 }));
    const alive = await open(proxy);
    let pings = 0;
    alive.on("ping", () => {
      pings += 1;
    });
    await openRaw(proxy);
    expect(await proxy.bridges[1]?.ended).toMatchObject({ by: "portal", reason: "dead" });
    const before = pings;
    await until(() => pings > before + 1);
    expect(alive.readyState).toBe(WebSocket.OPEN);
  });
});

describe("with the RFB filter", () => {
  test("a watcher's keys do not reach the guest, and update requests do", async () => {
    const got: Buffer[] = [];
    const target = await unixServer((socket) => socket.on("data", (chunk) => got.push(chunk)));
    const proxy = await startProxy(target.path, () => ({ filter: new RfbFilter(true) }));
    const client = await open(proxy);
    client.send("RFB 003.008\n", { binary: true });
    client.send(Buffer.from([1, 0]));
    client.send(Buffer.from([4, 1, 0, 0, 0, 0, 0, 97]));
    client.send(Buffer.from([3, 0, 0, 0, 0, 0, 0, 1, 0, 1]));
    await until(() => Buffer.concat(got).length >= 24);
    const expected = [
      Buffer.from("RFB 003.008\n"),
      Buffer.from([1, 1, 3, 0, 0, 0, 0, 0, 0, 1, 0, 1]),
    ];
    expect(Buffer.concat(got)).toEqual(Buffer.concat(expected));
  });

  test("a client that speaks no RFB is closed", async () => {
    const target = await unixServer((socket) => socket.resume());
    const proxy = await startProxy(target.path, () => ({ filter: new RfbFilter(false) }));
    const client = await open(proxy);
    const closed = closing(client);
    client.send("GET / HTTP/1.1\r\n\r\n", { binary: true });
    expect(await closed).toEqual({ code: 1008, reason: "protocol" });
  });

  test("a client that says nothing does not keep its place", async () => {
    const target = await unixServer((socket) => socket.resume());
    const options = () => ({ filter: new RfbFilter(false), establishMs: 30 });
    const proxy = await startProxy(target.path, options);
    const client = await open(proxy);
    expect(await closing(client)).toEqual({ code: 1008, reason: "limits" });
  });
});
