import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

const acceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const keyPattern = /^[+/0-9A-Za-z]{22}==$/;
const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** How long a refused peer may take to read the answer. */
const refusalMs = 1_000;

export interface Handshake {
  key: string;
  /** Sub-protocols the client offers, in its order of preference. */
  protocols: string[];
}

/** An answer in plain HTTP, given instead of `101 Switching Protocols`. */
export interface Refusal {
  status: number;
  /** Short plain text for the body; never secrets. */
  text: string;
  headers?: Record<string, string>;
}

const statusTexts: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  426: "Upgrade Required",
  429: "Too Many Requests",
  503: "Service Unavailable",
};

function bad(text: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { status: 400, text } };
}

function hasToken(value: string | undefined, token: string): boolean {
  return (value ?? "").split(",").some((each) => each.trim().toLowerCase() === token);
}

/** Reads a client's opening handshake (RFC 6455 §4.2.1) as strictly as the RFC allows. */
export function readHandshake(
  request: Pick<IncomingMessage, "method" | "headers" | "httpVersionMajor" | "httpVersionMinor">,
): { ok: true; handshake: Handshake } | { ok: false; refusal: Refusal } {
  const { headers } = request;
  if (request.method !== "GET") {
    return { ok: false, refusal: { status: 405, text: "GET only", headers: { Allow: "GET" } } };
  }
  if (request.httpVersionMajor < 1 || (request.httpVersionMajor === 1 && !request.httpVersionMinor))
    return bad("HTTP/1.1 needed");
  if (!hasToken(headers.upgrade, "websocket")) return bad("Upgrade: websocket needed");
  if (!hasToken(headers.connection, "upgrade")) return bad("Connection: upgrade needed");
  if (headers["sec-websocket-version"] !== "13") {
    const upgrade = { "Sec-WebSocket-Version": "13" };
    return { ok: false, refusal: { status: 426, text: "version 13 needed", headers: upgrade } };
  }
  const key = headers["sec-websocket-key"];
  if (key === undefined || !keyPattern.test(key)) return bad("Sec-WebSocket-Key is not valid");
  if (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) !== 0)
    return bad("no body expected");
  const protocols = readProtocols(headers["sec-websocket-protocol"]);
  if (protocols === null) return bad("Sec-WebSocket-Protocol is not valid");
  return { ok: true, handshake: { key, protocols } };
}

/** Offered sub-protocols; null when one is not a token or comes twice. */
function readProtocols(header: string | undefined): string[] | null {
  if (header === undefined) return [];
  const protocols = header.split(",").map((each) => each.trim());
  if (!protocols.every((each) => tokenPattern.test(each))) return null;
  return new Set(protocols).size === protocols.length ? protocols : null;
}

/** The value of `Sec-WebSocket-Accept` for a client's key. */
export function acceptValue(key: string): string {
  return createHash("sha1")
    .update(key + acceptGuid)
    .digest("base64");
}

/** Answers 101. No extension is negotiated: console pixels are compressed already. */
export function acceptHandshake(socket: Duplex, handshake: Handshake, protocol?: string): void {
  const lines = [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Accept: ${acceptValue(handshake.key)}`,
  ];
  if (protocol !== undefined) lines.push(`Sec-WebSocket-Protocol: ${protocol}`);
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
}

/** Answers with an HTTP status and ends the connection; the socket is gone a second later. */
export function refuseHandshake(socket: Duplex, refusal: Refusal): void {
  // The peer may be gone already; that is not worth a word.
  socket.on("error", () => undefined);
  const body = `${refusal.text}\n`;
  const headers = {
    Connection: "close",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(body)),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    ...refusal.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${refusal.status} ${statusTexts[refusal.status] ?? "Refused"}`;
  socket.end(`${[status, ...lines].join("\r\n")}\r\n\r\n${body}`);
  // Unread input at close makes the kernel reset the connection, and the answer would be lost.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), refusalMs);
  socket.once("end", () => socket.destroy());
  socket.once("close", () => clearTimeout(timer));
}
