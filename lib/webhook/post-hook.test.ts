import { createHmac } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { listOf, mayCall } from "./address-rules";
import { postHook } from "./post-hook";
import { hookSecretOf, signHook } from "./sign-hook";

const none = listOf([]);
const loopback = listOf(["127.0.0.0/8"]);
const call = { body: '{"a":1}', headers: { "portico-signature": "t=1,v1=x" } };

async function serve(handler: http.RequestListener): Promise<{ port: number; got: string[] }> {
  const got: string[] = [];
  const server = http.createServer((req, res) => {
    let body = "";
    req.on("data", (chunk) => {
      body += chunk;
    });
    req.on("end", () => {
      got.push(`${req.method} ${req.url} ${req.headers["portico-signature"]} ${body}`);
      handler(req, res);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, got };
}

it("posts the body once and tells the status, also that of a redirect, which it does not follow", async () => {
  const { port, got } = await serve((req, res) => {
    const status = Number(req.url?.slice(1));
    res.writeHead(status, status === 302 ? { location: "/200" } : {}).end("x".repeat(100_000));
  });
  const at = (path: number) => postHook(`http://127.0.0.1:${port}/${path}`, call, loopback);
  expect(await at(204)).toEqual({ delivered: true, answer: "HTTP 204" });
  expect(await at(302)).toEqual({ delivered: false, answer: "HTTP 302" });
  expect(await at(500)).toEqual({ delivered: false, answer: "HTTP 500" });
  expect(got).toEqual([204, 302, 500].map((path) => `POST /${path} t=1,v1=x {"a":1}`));
});

it.each([
  "127.0.0.1",
  "127.1",
  "2130706433",
  "0x7f000001",
  "0.0.0.0",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "localhost",
  "10.0.0.1",
  "169.254.169.254",
])("calls nothing inside by the name %s", async (name) => {
  const { port, got } = await serve((_req, res) => res.end());
  const outcome = await postHook(`http://${name}:${port}/`, call, none);
  expect(outcome).toEqual({ delivered: false, answer: "address" });
  expect(got).toEqual([]);
});

it("a name is followed where its addresses may be called", async () => {
  const { port, got } = await serve((_req, res) => res.end());
  const both = listOf(["127.0.0.0/8", "::1"]);
  expect(await postHook(`http://localhost:${port}/`, call, both)).toMatchObject({
    delivered: true,
  });
  expect(got).toHaveLength(1);
});

it("says what failed when nobody answers", async () => {
  const { port } = await serve((_req, res) => res.end());
  const gone = await serve((_req, res) => res.socket?.destroy());
  expect(await postHook(`http://127.0.0.1:${gone.port}/`, call, loopback)).toEqual({
    delivered: false,
    answer: "ECONNRESET",
  });
  expect(await postHook(`https://127.0.0.1:${port}/`, call, loopback)).toMatchObject({
    delivered: false,
  });
});

it("tells public addresses from inner ones", () => {
  const inner = ["192.168.1.1", "172.31.0.1", "100.64.0.1", "224.0.0.1", "255.255.255.255"];
  const inner6 = ["fe80::1", "fc00::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "::"];
  for (const address of [...inner, ...inner6, "no address"]) {
    expect(mayCall(address, none), address).toBe(false);
  }
  for (const address of ["1.1.1.1", "172.32.0.1", "2606:4700::1", "::ffff:1.1.1.1"]) {
    expect(mayCall(address, none), address).toBe(true);
  }
  expect(mayCall("10.1.2.3", listOf(["10.1.0.0/16"]))).toBe(true);
  expect(mayCall("10.2.2.3", listOf(["10.1.0.0/16"]))).toBe(false);
});

it("signs time and body with a secret of each watch's own", () => {
  const secret = hookSecretOf("installation", "w1");
  expect(secret).not.toBe(hookSecretOf("installation", "w2"));
  const mac = createHmac("sha256", secret).update("100.body").digest("hex");
  expect(signHook(secret, "body", new Date(100_900))).toBe(`t=100,v1=${mac}`);
});
