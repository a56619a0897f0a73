import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { eventually } from "@/e2e/helpers/eventually";
import { type SshDaemon, startSshDaemon } from "@/e2e/helpers/ssh-daemon";
import { type PrivateHost, startPrivateHost } from "@/e2e/host/private-host";
import { consoleEndpoint } from "@/lib/hypervisor/console";
import { SupervisedHost } from "@/lib/hypervisor/host";
import { connectTestHost } from "@/lib/hypervisor/testing/test-host";
import { openSshTunnel, parseUri } from "@/lib/libvirt";
import { cleanUp, startProxy } from "@/lib/websockify/testing/proxy";
import { PatternCheck, patternBytes } from "@/lib/websockify/testing/stream-check";
import { connectGuest } from "./connect-guest";

const uuid = "7d1f0c0e-5d0b-4d8e-9b7d-0d3f5a4b6c77";
/** Its socket's path has all of it: signs that ssh takes for something else, and a letter of two bytes. */
const name = "a:b %d [é]";
const never = new AbortController().signal;
const mib = 1024 ** 2;

let folder: string;
let peer: PrivateHost;
let daemon: SshDaemon;
let uri: string;
let host: SupervisedHost;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "portico-ssh-test-"));
  peer = await startPrivateHost({ name: "ssh" });
  daemon = await startSshDaemon(folder, peer.withItsFiles);
  const { port, keyFile, knownHosts } = daemon;
  uri = `qemu+ssh://root@127.0.0.1:${port}/system?keyfile=${keyFile}&known_hosts=${knownHosts}`;
  const definition = `<domain type='qemu'><name>${name}</name><uuid>${uuid}</uuid>
    <memory unit='MiB'>32</memory><os><type machine='pc'>hvm</type></os><devices>
    <graphics type='vnc'><listen type='socket'/></graphics></devices></domain>`;
  await writeFile(join(folder, "guest.xml"), definition);
  await peer.virsh(["define", join(folder, "guest.xml")]);
  await peer.virsh(["start", uuid]);
  host = await connectTestHost(uri);
});
afterEach(cleanUp);
afterAll(async () => {
  await host?.stop();
  await daemon?.stop();
  await peer?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Processes of ours that forward a socket. */
function forwarders(): number[] {
  const pids = readdirSync("/proc").filter((each) => /^\d+$/.test(each));
  return pids.map(Number).filter((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      return (
        command.startsWith("ssh\0") &&
        command.includes(daemon.keyFile) &&
        command.includes("\0-L\0")
      );
    } catch {
      return false;
    }
  });
}

const forwardersEnd = () => eventually("ssh's end", () => expect(forwarders()).toEqual([]));

async function guestNow() {
  const { bootId } = await consoleEndpoint(host, uuid);
  return { host, uuid, bootId };
}

it("the screen of a guest on another machine is reached by ssh, which ends with it", async () => {
  const guest = await guestNow();
  expect(host.inventory.get(uuid)?.bootId).toBe(guest.bootId);
  const screen = await connectGuest({ consoleEndpoint }, guest, never);
  expect(screen.greeting?.toString()).toMatch(/^RFB 003\.008\n/);
  expect(forwarders()).toHaveLength(1);
  screen.target.socket.destroy();
  await forwardersEnd();
});

it("the end of ssh is the end of the screen, and so is the guest's", async () => {
  const first = await connectGuest({ consoleEndpoint }, await guestNow(), never);
  const lost = new Promise((resolve) => first.target.socket.once("close", resolve));
  first.target.socket.resume();
  for (const pid of forwarders()) process.kill(pid);
  await lost;

  const before = await guestNow();
  const second = await connectGuest({ consoleEndpoint }, before, never);
  const stopped = new Promise((resolve) => second.target.socket.once("close", resolve));
  second.target.socket.resume();
  await peer.virsh(["destroy", uuid]);
  await stopped;
  await forwardersEnd();
  await peer.virsh(["start", uuid]);
  await expect(connectGuest({ consoleEndpoint }, before, never)).rejects.toMatchObject({
    code: "conflict.stale",
  });
});

it("who gives up on the way leaves nothing behind, and a socket that is none is named", async () => {
  const guest = { host, uuid, bootId: "boot" };
  const nowhere = (by: string) => async () => ({
    path: "/nowhere",
    bootId: "boot",
    tunnel: (signal: AbortSignal) => openSshTunnel(parseUri(by), "/nowhere", signal),
  });
  // A machine that never answers: ssh is on the way until the end.
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const by = uri.replace(`:${daemon.port}/`, `:${port}/`);
  const attempt = new AbortController();
  const opening = connectGuest({ consoleEndpoint: nowhere(by) }, guest, attempt.signal);
  await eventually("ssh's start", () => expect(forwarders()).toHaveLength(1));
  attempt.abort(new Error("the browser is gone"));
  await expect(opening).rejects.toThrow("the browser is gone");
  await forwardersEnd();
  silent.close();

  const opened = connectGuest({ consoleEndpoint: nowhere(uri) }, guest, never);
  await expect(opened).rejects.toMatchObject({
    code: "host.unreachable",
    message: expect.stringContaining("open failed"),
  });
  await forwardersEnd();
  const strange = "/run/$".concat("{HOME}/x");
  await expect(openSshTunnel(parseUri(uri), strange, never)).rejects.toMatchObject({
    kind: "protocol",
  });
});

it("a browser that does not read holds up the guest through ssh, and nothing is lost", async () => {
  const path = join(folder, "flood.sock");
  const totalBytes = 48 * mib;
  let sentBytes = 0;
  function pump(socket: Socket): void {
    while (sentBytes < totalBytes) {
      const piece = patternBytes(1, sentBytes, mib);
      sentBytes += piece.length;
      if (!socket.write(piece)) return;
    }
  }
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("drain", () => pump(socket));
    pump(socket);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const tunnel = await openSshTunnel(parseUri(uri), path, never);
  const proxy = await startProxy(tunnel.path);
  const browser = new WebSocket(proxy.url, ["binary"], { perMessageDeflate: false });
  browser.once("open", () => browser.pause());
  await eventually("a full way", () => {
    const [counters] = proxy.bridges.map((bridge) => bridge.counters());
    expect(counters?.targetPauses).toBeGreaterThan(0);
    expect(counters?.waitingBytes).toBeGreaterThan(0);
  });
  expect(sentBytes).toBeLessThan(totalBytes);
  const check = new PatternCheck(1);
  browser.on("message", (data: Buffer) => check.push(data));
  browser.resume();
  await eventually("all bytes", () => expect(check.bytes).toBe(totalBytes));
  expect(check.firstFault).toBeNull();
  const [bridge] = proxy.bridges;
  expect(bridge?.counters().maxWaitingBytes).toBeLessThan(mib);
  browser.terminate();
  tunnel.close();
  await new Promise((resolve) => server.close(resolve));
});

it("a host that is reached by TLS or TCP says why there is no screen", async () => {
  for (const way of ["qemu+tcp", "qemu+tls"]) {
    const there = parseUri(`${way}://127.0.0.1/system`);
    const other = new SupervisedHost({ id: "far", name: "far", uri: there.text }, there, "qemu");
    await expect(consoleEndpoint(other, uuid)).rejects.toMatchObject({
      code: "host.unsupported",
      userMessage: { key: "vm.screen_out_of_reach" },
    });
  }
});
