import { randomFillSync } from "node:crypto";
import { rmSync } from "node:fs";
import { connect, createServer, type NetConnectOpts, type Socket } from "node:net";
import type {
  Admission,
  GeneratorAnswer,
  GeneratorRequest,
  TargetMode,
} from "./generator-messages";

/** Plays the VNC server and the browsers of the bench, in a process of its own. */

const floodChunk = randomFillSync(Buffer.allocUnsafe(256 * 1024));
const readBuffer = Buffer.allocUnsafe(1024 * 1024);
const onceBytes = 512 * 1024;
const dripBytes = 2 * 1024;
const dripMs = 1_000;
const greeting = Buffer.from("RFB 003.008\n");
/** Version, no password, shared. */
const hello = Buffer.concat([greeting, Buffer.from([1, 1])]);

function upgrade(admission: Admission | undefined): string {
  const head =
    "Host: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  if (admission === undefined) {
    return `GET / HTTP/1.1\r\n${head}Sec-WebSocket-Protocol: binary\r\n\r\n`;
  }
  const { cookie, ticket } = admission;
  return (
    `GET /console HTTP/1.1\r\n${head}Origin: http://127.0.0.1\r\nCookie: ${cookie}\r\n` +
    `Sec-WebSocket-Protocol: binary, ticket.${ticket}\r\n\r\n`
  );
}

interface Client {
  socket: Socket;
  framed: boolean;
  onBytes: (length: number) => void;
}

let mode: TargetMode = "sink";
let greets = false;
let targetPath = "";
let targetBytes = 0;
let clientBytes = 0;
let clients: Client[] = [];
const targets = new Set<Socket>();
let typing: NodeJS.Timeout | null = null;

/** A masked frame as a browser sends it. */
function frame(payload: Buffer): Buffer {
  const { length } = payload;
  const header = Buffer.alloc(length < 126 ? 6 : length < 65_536 ? 8 : 14);
  header[0] = 0x82;
  header[1] = 0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (length >= 65_536) header.writeBigUInt64BE(BigInt(length), 2);
  else if (length >= 126) header.writeUInt16BE(length, 2);
  const key = header.subarray(-4);
  randomFillSync(key);
  return Buffer.concat([header, payload.map((byte, index) => byte ^ (key[index & 3] ?? 0))]);
}

function pump(socket: Socket, chunk: Buffer, total = Number.POSITIVE_INFINITY): void {
  let sent = 0;
  const more = (): void => {
    while (sent < total && !socket.destroyed) {
      sent += chunk.length;
      if (!socket.write(chunk)) {
        socket.once("drain", more);
        return;
      }
    }
  };
  more();
}

function serve(socket: Socket): void {
  targets.add(socket);
  socket.on("error", () => undefined);
  socket.on("close", () => targets.delete(socket));
  if (!greets) {
    begin(socket);
    return;
  }
  let toSkip = hello.length;
  const skip = (chunk: Buffer): void => {
    toSkip -= chunk.length;
    if (toSkip > 0) return;
    socket.off("data", skip);
    if (toSkip < 0) socket.unshift(chunk.subarray(toSkip));
    begin(socket);
  };
  socket.on("data", skip);
  socket.write(greeting);
}

function begin(socket: Socket): void {
  if (mode === "flood") pump(socket, floodChunk);
  if (mode === "once") pump(socket, floodChunk, onceBytes);
  if (mode === "drip") drip(socket);
  if (mode === "stalled") {
    socket.pause();
    return;
  }
  const echo = mode === "echo";
  socket.on("data", (chunk) => {
    targetBytes += chunk.length;
    if (echo) socket.write(chunk);
  });
}

/** Changes of a screen on which little happens; consoles take turns within the second. */
function drip(socket: Socket): void {
  const chunk = floodChunk.subarray(0, dripBytes);
  let timer: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    timer = setInterval(() => socket.write(chunk), dripMs);
  }, Math.random() * dripMs);
  socket.once("close", () => {
    clearTimeout(first);
    clearInterval(timer);
  });
}

function openClient(
  port: number | null,
  framed: boolean,
  admission: Admission | undefined,
): Promise<Client> {
  const address = port === null ? { path: targetPath } : { host: "127.0.0.1", port };
  return new Promise((resolve, reject) => {
    let answer = "";
    const settled = () => {
      client.onBytes = (length) => {
        clientBytes += length;
      };
      resolve(client);
    };
    const onread = {
      buffer: readBuffer,
      callback: (length: number, buffer: Uint8Array) => {
        if (framed && answer !== "done") {
          answer += Buffer.from(buffer.subarray(0, length)).toString("latin1");
          if (!answer.includes("\r\n\r\n")) return true;
          if (!answer.startsWith("HTTP/1.1 101")) reject(new Error(answer));
          const restBytes = answer.length - answer.indexOf("\r\n\r\n") - 4;
          answer = "done";
          if (admission !== undefined) socket.write(frame(hello));
          settled();
          client.onBytes(restBytes);
        } else {
          client.onBytes(length);
        }
        return true;
      },
    };
    const socket = connect({ ...address, noDelay: true, onread } as NetConnectOpts);
    const client: Client = { socket, framed, onBytes: () => undefined };
    socket.on("error", reject);
    socket.on("connect", () => {
      if (framed) socket.write(upgrade(admission));
      else settled();
    });
  });
}

async function open(request: Extract<GeneratorRequest, { op: "open" }>): Promise<number> {
  mode = request.mode;
  greets = request.admissions !== undefined;
  clientBytes = 0;
  targetBytes = 0;
  for (let count = 0; count < request.consoles; count += 1) {
    clients.push(await openClient(request.port, request.framed, request.admissions?.[count]));
  }
  return clients.length;
}

function type(pace: "burst" | "single", count: number): void {
  const message = Buffer.from([5, 0, 1, 2, 3, 4]);
  const sends = clients.map(({ socket, framed }) => ({
    socket,
    messages: Array.from({ length: count }, () => (framed ? frame(message) : message)),
  }));
  if (pace === "burst") {
    for (const { socket, messages } of sends) socket.write(Buffer.concat(messages));
    return;
  }
  let turn = 0;
  typing = setInterval(() => {
    for (const { socket, messages } of sends) {
      const message = messages[turn];
      if (message !== undefined) socket.write(message);
    }
    turn += 1;
  }, 1);
}

/** Sends one message, waits for its echo, and so on; the median of all in microseconds. */
async function roundTrip(count: number): Promise<number> {
  const [client] = clients;
  if (client === undefined) throw new Error("no console is open");
  const payload = Buffer.alloc(10, 7);
  const message = client.framed ? frame(payload) : payload;
  const answerBytes = payload.length + (client.framed ? 2 : 0);
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const start = process.hrtime.bigint();
    await new Promise<void>((resolve) => {
      let got = 0;
      client.onBytes = (length) => {
        got += length;
        if (got >= answerBytes) resolve();
      };
      client.socket.write(message);
    });
    times.push(Number(process.hrtime.bigint() - start) / 1e3);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}

function close(): void {
  if (typing !== null) clearInterval(typing);
  typing = null;
  for (const { socket } of clients) socket.destroy();
  for (const socket of targets) socket.destroy();
  clients = [];
}

function listen(path: string): Promise<number> {
  targetPath = path;
  rmSync(path, { force: true });
  return new Promise((resolve) => createServer(serve).listen(path, 4_096, () => resolve(0)));
}

async function perform(request: GeneratorRequest): Promise<number> {
  switch (request.op) {
    case "listen":
      return listen(request.path);
    case "open":
      return open(request);
    case "received":
      return request.side === "clients" ? clientBytes : targetBytes;
    case "pause":
      for (const { socket } of clients) socket.pause();
      return 0;
    case "resume":
      for (const { socket } of clients) socket.resume();
      return 0;
    case "type":
      type(request.pace, request.count);
      return 0;
    case "send": {
      const chunk = frame(floodChunk.subarray(0, 65_536));
      for (const { socket, framed } of clients) {
        pump(socket, framed ? chunk : floodChunk, request.bytes);
      }
      return 0;
    }
    case "roundTrip":
      return roundTrip(request.count);
    case "close":
      close();
      return 0;
  }
}

process.on("message", (request: GeneratorRequest) => {
  const reply = (answer: GeneratorAnswer) => process.send?.(answer);
  perform(request).then(
    (value) => reply({ value }),
    (error: unknown) => reply({ error: String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
