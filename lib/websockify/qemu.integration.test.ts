import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { RfbFilter } from "./rfb-filter";
import { readGreeting } from "./rfb-greeting";
import { connectTarget } from "./target";
import { cleanUp, startProxy } from "./testing/proxy";
import { until } from "./testing/until";

afterEach(cleanUp);

/** A guest without disks in emulation, its screen on a unix socket; it stays in its BIOS. */
async function startQemu(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "portico-qemu-"));
  const path = join(folder, "vnc.sock");
  const display = ["-display", "none", "-vga", "std", "-vnc", `unix:${path}`];
  const guest = spawn(
    "qemu-system-x86_64",
    ["-machine", "pc,accel=tcg", "-m", "32", "-nodefaults", "-monitor", "none", ...display],
    { stdio: "ignore" },
  );
  onTestFinished(async () => {
    const gone = new Promise((resolve) => guest.once("exit", resolve));
    guest.kill("SIGKILL");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  });
  for (;;) {
    try {
      const target = await connectTarget({ path }, { timeoutMs: 1_000 });
      await readGreeting(target, { timeoutMs: 5_000 });
      target.socket.destroy();
      return path;
    } catch {
      if (guest.exitCode !== null) throw new Error("QEMU did not start");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

interface Viewer {
  client: WebSocket;
  /** Bytes of framebuffer updates so far. */
  pixels(): number;
  /** What the server has sent since the handshake. */
  heard(): Buffer;
  askForScreen(): void;
  askForClipboard(): void;
}

/** An RFB client as small as can be; it asks for the screen for itself alone. */
async function view(url: string): Promise<Viewer> {
  const client = new WebSocket(url, ["binary"]);
  onTestFinished(() => client.terminate());
  let received = Buffer.alloc(0);
  client.on("message", (data: Buffer) => {
    received = Buffer.concat([received, data]);
  });
  await until(() => received.length >= 12);
  expect(received.toString("latin1", 0, 12)).toBe("RFB 003.008\n");
  client.send(Buffer.from("RFB 003.008\n"));
  await until(() => received.length >= 14);
  expect([...received.subarray(12, 14)]).toEqual([1, 1]);
  client.send(Buffer.from([1]));
  await until(() => received.length >= 18);
  client.send(Buffer.from([0]));
  await until(() => received.length >= 42);
  const headBytes = 42 + received.readUInt32BE(38);
  await until(() => received.length >= headBytes);
  const width = received.readUInt16BE(18);
  const height = received.readUInt16BE(20);
  expect(width * height).toBeGreaterThan(0);
  return {
    client,
    pixels: () => received.length - headBytes,
    heard: () => received.subarray(headBytes),
    askForClipboard() {
      client.send(Buffer.from([2, 0, 0, 2, 0, 0, 0, 0, 0xc0, 0xa1, 0xe5, 0xce]));
    },
    askForScreen() {
      const request = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
      request.writeUInt16BE(width, 6);
      request.writeUInt16BE(height, 8);
      client.send(Buffer.concat([Buffer.from([2, 0, 0, 1, 0, 0, 0, 0]), request]));
    },
  };
}

test("QEMU: two viewers who both want to be alone both see the screen", async () => {
  const proxy = await startProxy(await startQemu(), () => ({ filter: new RfbFilter(false) }));
  const first = await view(proxy.url);
  first.askForScreen();
  await until(() => first.pixels() > 1_000);
  const second = await view(proxy.url);
  second.askForScreen();
  await until(() => second.pixels() > 1_000);
  const before = first.pixels();
  first.askForScreen();
  await until(() => first.pixels() > before + 1_000);
  expect(first.client.readyState).toBe(WebSocket.OPEN);
});

test("QEMU: a watcher sees the screen, and what he types passes nobody", async () => {
  const proxy = await startProxy(await startQemu(), () => ({ filter: new RfbFilter(true) }));
  const watcher = await view(proxy.url);
  watcher.client.send(Buffer.from([4, 1, 0, 0, 0, 0, 0, 97]));
  watcher.client.send(Buffer.from([255, 0, 0, 1, 0, 0, 0, 97, 0, 0, 0, 30]));
  watcher.client.send(Buffer.from([6, 0, 0, 0, 0, 0, 0, 1, 97]));
  watcher.askForScreen();
  await until(() => watcher.pixels() > 1_000);
  const [bridge] = proxy.bridges;
  expect(bridge?.counters().toTargetWrites).toBe(4);
});

test("QEMU: who only watches hears nothing of a clipboard, whatever he asks for", async () => {
  const path = await startQemu();
  const members = await startProxy(path, () => ({ filter: new RfbFilter(false) }));
  const watchers = await startProxy(path, () => ({ filter: new RfbFilter(true) }));
  const [sender, member, watcher] = [
    await view(members.url),
    await view(members.url),
    await view(watchers.url),
  ];
  watcher.askForClipboard();
  for (const each of [sender, member]) each.askForClipboard();
  // What the server can do is told to whom it shares with: a message of type 3 and 8 bytes.
  const abilities = Buffer.from([3, 0, 0, 0, 0xff, 0xff, 0xff, 0xf8]);
  for (const each of [sender, member]) await until(() => each.heard().length >= 16);
  expect(member.heard().subarray(0, 8)).toEqual(abilities);

  const offered = [8, 0, 0, 1];
  sender.client.send(Buffer.from([6, 0, 0, 0, 0xff, 0xff, 0xff, 0xfc, ...offered]));
  await until(() => member.heard().length > 16);
  expect([...member.heard().subarray(-4)]).toEqual(offered);
  watcher.askForScreen();
  await until(() => watcher.pixels() > 1_000);
  // Whatever had come before the picture would be in front of it.
  expect(watcher.heard()[0]).toBe(0);
});
