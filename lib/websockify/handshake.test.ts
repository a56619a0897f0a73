import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { acceptHandshake, acceptValue, readHandshake, refuseHandshake } from "./handshake";

const key = "dGhlIHNhbXBsZSBub25jZQ==";
const good = {
  upgrade: "websocket",
  connection: "keep-alive, Upgrade",
  "sec-websocket-version": "13",
  "sec-websocket-key": key,
};

function read(headers: Record<string, string | undefined>, more: { method?: string } = {}) {
  return readHandshake({
    method: "GET",
    httpVersionMajor: 1,
    httpVersionMinor: 1,
    headers: { ...good, ...headers },
    ...more,
  });
}

test("a browser's handshake is read, with its sub-protocols in order", () => {
  expect(read({ "sec-websocket-protocol": "binary, ticket.A-b_9" })).toEqual({
    ok: true,
    handshake: { key, protocols: ["binary", "ticket.A-b_9"] },
  });
});

test("the accept value is that of the RFC's example", () => {
  expect(acceptValue(key)).toBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
});

test.each([
  ["another method", {}, { method: "POST" }, 405],
  ["no Upgrade", { upgrade: undefined }, {}, 400],
  ["another Upgrade", { upgrade: "h2c" }, {}, 400],
  ["no Connection: upgrade", { connection: "keep-alive" }, {}, 400],
  ["no version", { "sec-websocket-version": undefined }, {}, 426],
  ["an old version", { "sec-websocket-version": "8" }, {}, 426],
  ["no key", { "sec-websocket-key": undefined }, {}, 400],
  ["a key of 15 bytes", { "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAA" }, {}, 400],
  ["a key that is not base64", { "sec-websocket-key": "*".repeat(22).concat("==") }, {}, 400],
  ["a body", { "content-length": "3" }, {}, 400],
  ["a chunked body", { "transfer-encoding": "chunked" }, {}, 400],
  ["an empty sub-protocol", { "sec-websocket-protocol": "binary,,x" }, {}, 400],
  ["a sub-protocol twice", { "sec-websocket-protocol": "binary, binary" }, {}, 400],
  ["a sub-protocol with a space", { "sec-websocket-protocol": "bin ary" }, {}, 400],
])("refused: %s", (_, headers, more, status) => {
  const result = read(headers, more);
  expect(result.ok ? 101 : result.refusal.status).toBe(status);
});

test("HTTP/1.0 is refused", () => {
  const old = { method: "GET", httpVersionMajor: 1, httpVersionMinor: 0, headers: good };
  expect(readHandshake(old).ok).toBe(false);
});

test("the answer names the chosen sub-protocol and no extension", () => {
  const socket = new PassThrough();
  acceptHandshake(socket, { key, protocols: ["binary"] }, "binary");
  expect(socket.read().toString()).toBe(
    "HTTP/1.1 101 Switching Protocols\r\n" +
      "Upgrade: websocket\r\nConnection: Upgrade\r\n" +
      "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" +
      "Sec-WebSocket-Protocol: binary\r\n\r\n",
  );
});

test("a refusal is a whole HTTP answer", () => {
  const socket = new PassThrough();
  const written: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => written.push(chunk));
  return new Promise<void>((resolve) => {
    socket.on("close", () => {
      const answer = Buffer.concat(written).toString();
      expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
      expect(answer).toContain("Connection: close\r\n");
      expect(answer.endsWith("\r\n\r\norigin not allowed\n")).toBe(true);
      resolve();
    });
    refuseHandshake(socket, { status: 403, text: "origin not allowed" });
  });
});
