import { once } from "node:events";
import { request } from "node:https";
import { WebSocket } from "ws";
import type { ReverseProxy } from "./proxies";

/** What a client on another machine says to a proxy. */
export interface Request {
  method?: string;
  /** The host that it means, with the port that people type. */
  host: string;
  headers?: Record<string, string>;
  /** An own address of the loopback, from which it comes. */
  localAddress?: string;
}

export interface Response {
  status: number;
  body: string;
}

/** A stream of events that is read on and on. */
export interface EventReader {
  pings(): number;
  isOpen(): boolean;
  close(): void;
}

/** A viewer that is connected to a screen and asks for nothing. */
export interface QuietViewer {
  pings(): number;
  isOpen(): boolean;
  /** Bytes of the screen since it asked for it. */
  pixels(): number;
  askForScreen(): void;
  close(): void;
}

function send(
  { port }: ReverseProxy,
  path: string,
  { method, host, headers, localAddress }: Request,
) {
  return request({
    ...{
      host: "127.0.0.1",
      port,
      path,
      method,
      localAddress,
      rejectUnauthorized: false,
      servername: "localhost",
    },
    headers: { host, ...headers },
  });
}

/** Asks and reads the answer to its end; an upgrade that is granted is cut at once. */
export async function ask(proxy: ReverseProxy, path: string, what: Request): Promise<Response> {
  const sent = send(proxy, path, what);
  sent.end();
  return new Promise((resolve, reject) => {
    sent.on("error", reject);
    sent.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, body: "" });
    });
    sent.on("response", async (response) => {
      let body = "";
      for await (const chunk of response) body += String(chunk);
      resolve({ status: response.statusCode ?? 0, body });
    });
  });
}

/** Opens `/api/events` and counts the pings in it. */
export async function readEvents(
  proxy: ReverseProxy,
  path: string,
  what: Request,
): Promise<EventReader> {
  const sent = send(proxy, path, what);
  sent.end();
  const [response] = await once(sent, "response");
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode}`);
  let text = "";
  let open = true;
  response.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  for (const event of ["end", "close", "error"]) {
    response.on(event, () => {
      open = false;
    });
  }
  return {
    pings: () => text.split(": ping\n").length - 1,
    isOpen: () => open,
    close: () => sent.destroy(),
  };
}

const hello = Buffer.concat([Buffer.from("RFB 003.008\n"), Buffer.from([1, 1])]);
/** Raw pixels, and all of the first 640 × 400. */
const wish = Buffer.from([2, 0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 2, 128, 1, 144]);

/** Opens a console by its ticket, goes through RFB's handshake and says nothing more. */
export async function watchQuietly(
  { port }: ReverseProxy,
  { host, headers, localAddress }: Request,
  { path, ticket }: { path: string; ticket: string },
): Promise<QuietViewer> {
  const socket = new WebSocket(`wss://127.0.0.1:${port}${path}`, ["binary", `ticket.${ticket}`], {
    ...{
      servername: "localhost",
      rejectUnauthorized: false,
      localAddress,
      perMessageDeflate: false,
    },
    headers: { host, ...headers },
  });
  let pings = 0;
  let bytes = 0;
  let before = 0;
  socket.on("ping", () => {
    pings += 1;
  });
  socket.on("message", (data: Buffer) => {
    bytes += data.length;
  });
  await once(socket, "open");
  socket.send(hello);
  return {
    pings: () => pings,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    pixels: () => bytes - before,
    askForScreen() {
      before = bytes;
      socket.send(wish);
    },
    close: () => socket.terminate(),
  };
}
