import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, onTestFinished, vi } from "vitest";
import { serveRequest } from "./serve-request";

const dataDir = mkdtempSync(join(tmpdir(), "portico-test-"));
vi.stubEnv("PORTICO_DATA", dataDir);
afterAll(() => rmSync(dataDir, { recursive: true }));

/** The server's own handler before a stand-in for Next; answers by path. */
async function serve(https: boolean): Promise<string> {
  const server = http.createServer((req, res) =>
    serveRequest(req, res, {
      https,
      handlePage: async (_req, answer) => {
        if (req.url === "/fails") throw new Error("on purpose");
        answer.end("body");
      },
    }),
  );
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const inert = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

it("V3.2.1, V3.4.4: built files, uploads, the API and failures run nothing and are not sniffed", async () => {
  const origin = await serve(false);
  for (const path of [
    "/_next/static/a.js",
    "/fails",
    "/api/uploads/",
    "/api/exports/",
    "/api/v1/nothing",
  ]) {
    const { headers } = await fetch(origin + path);
    expect(headers.get("content-security-policy"), path).toBe(inert);
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("strict-transport-security"), path).toBeNull();
  }
});

it("V3.4.3: a worker's script may load its own scripts, and reach nothing else", async () => {
  const { headers } = await fetch(
    `${await serve(false)}/_next/static/chunks/turbopack-worker-a1.js`,
  );
  expect(headers.get("content-security-policy")).toBe(`${inert}; script-src 'self'`);
});

it("V3.4.3: the worker that recognises letters compiles its program, and has what it is handed", async () => {
  const { headers } = await fetch(`${await serve(false)}/_next/static/media/worker.min.0ab-c.js`);
  expect(headers.get("content-security-policy")).toBe(
    `${inert}; script-src 'self' 'wasm-unsafe-eval'; connect-src blob:`,
  );
});

it("V3.4.1: built files promise https, too, where the portal is reached by it", async () => {
  const origin = await serve(true);
  const { headers } = await fetch(`${origin}/_next/static/a.js`);
  expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
});

it("V4.1.1: a failed request says its characters, and nothing of what failed", async () => {
  const answer = await fetch(`${await serve(false)}/fails`);
  expect(answer.status).toBe(500);
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(await answer.text()).toBe("Internal Server Error");
});
