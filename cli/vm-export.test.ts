import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { tempDir } from "@/lib/db/testing/temp-db";
import { commands } from "./commands/all";
import { exitCodes } from "./exit-codes";
import { examplePortal } from "./testing/portal";
import { call } from "./testing/terminal";

/** The example portal, with an archive of four bytes of which so many come. */
async function portalSending(body: string): Promise<string> {
  const { url } = await examplePortal();
  const server = createServer((req, res) => {
    if (req.url?.startsWith("/api/exports/vms/")) {
      expect(req.headers.authorization).toBe("Bearer portico_secret");
      res.writeHead(200, {
        "content-length": "4",
        "content-disposition": 'attachment; filename="web.ova"',
      });
      if (body.length === 4) res.end(body);
      else res.write(body, () => res.socket?.end());
      return;
    }
    void fetch(new URL(req.url ?? "/", url), {
      headers: { authorization: String(req.headers.authorization) },
    }).then(async (answer) => {
      res.writeHead(answer.status, { "content-type": "application/json" });
      res.end(await answer.text());
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const env = (url: string) => ({ PORTICO_URL: url, PORTICO_TOKEN: "portico_secret" });

it("an archive is under its name once it has come whole", async () => {
  const folder = await tempDir();
  const out = join(folder, "mine.ova");
  const words = ["vm", "export", "web", "--out", out, "--json"];
  const ran = await call(commands, words, { env: env(await portalSending("ova!")) });
  expect(ran, ran.err).toMatchObject({ code: exitCodes.ok });
  expect(JSON.parse(ran.out)).toEqual({ file: out, sizeBytes: 4 });
  expect(await readFile(out, "utf8")).toBe("ova!");
  expect(await readdir(folder)).toEqual(["mine.ova"]);
});

it("of one that breaks off nothing is left, and it is said", async () => {
  const folder = await tempDir();
  const words = ["vm", "export", "web", "--out", join(folder, "mine.ova")];
  const ran = await call(commands, words, { env: env(await portalSending("ov")) });
  expect(ran.code).toBe(exitCodes.unreachable);
  expect(ran.err).toContain("The archive broke off");
  expect(await readdir(folder)).toEqual([]);
});
