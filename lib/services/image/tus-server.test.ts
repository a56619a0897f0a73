import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { announceEnded } from "@/lib/auth/session-events";
import { tempDir } from "@/lib/db/testing/temp-db";
import { imageLimits } from "@/lib/model/image";
import type { Actor } from "@/lib/policies/actor";
import { imageStore } from "@/lib/tasks/definitions/image-store";
import { reconcile } from "@/lib/tasks/reconcile";
import { tidyUploads } from "@/lib/tasks/reconcile/uploads";
import { silentLog } from "../testing/silent-log";
import { makeWorld, type World } from "../testing/world";
import { createUploadHandler } from "./tus-server";

const run = promisify(execFile);

interface Portal {
  world: World;
  url: string;
  uploadsDir: string;
  /** Who sends requests from now on. */
  as(actor: Actor | null): void;
  /** A new handler over the same rows and files, as after a restart. */
  restart(): void;
}

async function startPortal(): Promise<Portal> {
  const world = await makeWorld();
  const uploadsDir = join(await tempDir(), "uploads");
  let actor: Actor | null = world.member.actor;
  const make = () =>
    createUploadHandler({
      db: world.db,
      hosts: world.hosts,
      log: silentLog,
      clock: () => new Date(),
      uploadsDir,
      actorOf: async () => actor,
    });
  let handler = make();
  const server = http.createServer((req, res) => {
    handler(req, res).catch((error: unknown) => res.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    world,
    uploadsDir,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    as: (next) => {
      actor = next;
    },
    restart: () => {
      handler = make();
    },
  };
}

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

interface Ask {
  headers?: Record<string, string | null>;
  body?: Buffer;
  /** Leave the connection after this many bytes of the body, without an end. */
  cutAfter?: number;
}

function ask(portal: Portal, method: string, path: string, options: Ask = {}): Promise<Answer> {
  const given: Record<string, string | null> = {
    "tus-resumable": "1.0.0",
    origin: portal.url,
    cookie: "portico-session=x",
    ...options.headers,
  };
  const headers = Object.fromEntries(
    Object.entries(given).filter((each): each is [string, string] => each[1] !== null),
  );
  return new Promise((resolve, reject) => {
    const req = http.request(`${portal.url}${path}`, { method, headers }, (res) => {
      let body = "";
      res.setEncoding("utf8");
      res.on("data", (chunk: string) => {
        body += chunk;
      });
      res.on("end", () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }));
      res.on("error", reject);
    });
    req.on("error", reject);
    if (options.cutAfter !== undefined && options.body) {
      req.write(options.body.subarray(0, options.cutAfter), () => {
        setTimeout(() => req.destroy(new Error("cut")), 20);
      });
    } else req.end(options.body);
  });
}

const base64 = (text: string) => Buffer.from(text).toString("base64");

function begin(
  portal: Portal,
  size: number | string,
  options: { filename?: string; projectId?: string } = {},
): Promise<Answer> {
  const { filename = "debian.iso", projectId = portal.world.project } = options;
  return ask(portal, "POST", "/api/uploads", {
    headers: {
      "upload-length": String(size),
      "upload-metadata": `filename ${base64(filename)},projectId ${base64(projectId)}`,
    },
  });
}

async function begun(portal: Portal, size: number): Promise<string> {
  const answer = await begin(portal, size);
  expect(answer.status).toBe(201);
  return answer.headers.location ?? "";
}

function send(portal: Portal, path: string, offset: number, body: Buffer, options: Ask = {}) {
  return ask(portal, "PATCH", path, {
    ...options,
    body,
    headers: {
      "upload-offset": String(offset),
      "content-type": "application/offset+octet-stream",
      "content-length": String(body.length),
      ...options.headers,
    },
  });
}

async function offsetOf(portal: Portal, path: string): Promise<number> {
  const answer = await ask(portal, "HEAD", path);
  expect(answer.status).toBe(200);
  return Number(answer.headers["upload-offset"]);
}

const idOf = (path: string) => path.split("/").at(-1) ?? "";

async function makeIso(): Promise<Buffer> {
  const folder = await tempDir();
  await mkdir(join(folder, "tree"));
  await writeFile(join(folder, "tree", "payload.bin"), randomBytes(1_500_000));
  const path = join(folder, "x.iso");
  const args = ["-as", "mkisofs", "-quiet", "-V", "TEST", "-o", path, join(folder, "tree")];
  await run("xorriso", args);
  return readFile(path);
}

async function imageOf(portal: Portal, path: string) {
  return portal.world.db.image.findUniqueOrThrow({ where: { id: idOf(path) } });
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

describe("an upload", () => {
  it("arrives whole, is hashed on the way and handed to the task that stores it", async () => {
    const portal = await startPortal();
    const iso = await makeIso();
    const path = await begun(portal, iso.length);
    expect(path).toMatch(/^\/api\/uploads\/[0-9a-z]{10}$/);
    const half = Math.floor(iso.length / 2);
    const first = await send(portal, path, 0, iso.subarray(0, half));
    expect(first).toMatchObject({ status: 204, headers: { "upload-offset": String(half) } });
    expect(await imageOf(portal, path)).toMatchObject({
      state: "uploading",
      receivedBytes: BigInt(half),
    });
    expect((await send(portal, path, half, iso.subarray(half))).status).toBe(204);
    expect(await imageOf(portal, path)).toMatchObject({
      state: "checking",
      sha256: sha256(iso),
      receivedBytes: BigInt(iso.length),
      uploadedBy: "member",
    });
    const task = await portal.world.db.task.findFirstOrThrow({ where: { kind: "image.store" } });
    expect(imageStore.input.parse(JSON.parse(task.input))).toEqual({
      imageId: idOf(path),
      hostId: "local",
      pool: "portico-images",
      volume: `p-${idOf(path)}.iso`,
    });
    expect(sha256(await readFile(join(portal.uploadsDir, idOf(path))))).toBe(sha256(iso));
    // A client that lost the last answer asks again, and is told that all has arrived.
    expect(await offsetOf(portal, path)).toBe(iso.length);
  });

  it("cut many times and restarted in between ends with the same hash", async () => {
    const portal = await startPortal();
    const iso = await makeIso();
    const path = await begun(portal, iso.length);
    const piece = Math.ceil(iso.length / 8);
    for (let round = 0; round < 7; round++) {
      const offset = await eventually("the offset", () => offsetOf(portal, path));
      const rest = iso.subarray(offset);
      await expect(send(portal, path, offset, rest, { cutAfter: piece })).rejects.toThrow("cut");
      if (round % 2 === 0) continue;
      // The old portal is dead before the new one begins: it has let go of the part.
      await eventually("the offset", () => offsetOf(portal, path));
      portal.restart();
    }
    const offset = await eventually("the offset", () => offsetOf(portal, path));
    expect(offset).toBeGreaterThan(0);
    expect((await send(portal, path, offset, iso.subarray(offset))).status).toBe(204);
    expect((await imageOf(portal, path)).sha256).toBe(sha256(iso));
    expect(sha256(await readFile(join(portal.uploadsDir, idOf(path))))).toBe(sha256(iso));
  });

  it("whose end was never handled is handed over by the reconciler", async () => {
    const portal = await startPortal();
    const iso = await makeIso();
    const path = await begun(portal, iso.length);
    portal.world.host.connection = "unreachable";
    expect((await send(portal, path, 0, iso)).status).toBe(204);
    expect((await imageOf(portal, path)).state).toBe("uploading");
    portal.world.host.connection = "connected";
    const { db, hosts } = portal.world;
    const deps = { db, hosts, clock: () => new Date() };
    const findings = await tidyUploads(deps, portal.uploadsDir);
    expect(findings.map((each) => each.kind)).toEqual(["upload.finished"]);
    expect(await tidyUploads(deps, portal.uploadsDir)).toEqual([]);
    expect((await imageOf(portal, path)).state).toBe("checking");
    expect(await db.task.count({ where: { kind: "image.store" } })).toBe(1);
  });

  it("keeps only a clean name, and the file gets none of it", async () => {
    const portal = await startPortal();
    for (const [filename, shown] of [
      ["../../etc/cron.d/x.iso", "x.iso"],
      ["C:\\fake\\win.iso", "win.iso"],
      ["a\u0000b\u202egnp.iso", "abgnp.iso"],
      ["x".repeat(300), "x".repeat(120)],
      ["..", "image.iso"],
      ["", "image.iso"],
    ] as const) {
      const answer = await begin(portal, 1_000_000, { filename });
      expect(answer.status).toBe(201);
      const path = answer.headers.location ?? "";
      expect((await imageOf(portal, path)).name).toBe(shown);
      await ask(portal, "DELETE", path);
    }
    expect(await readdir(portal.uploadsDir)).toEqual([]);
  });

  it("is given up by DELETE, also while its bytes arrive", async () => {
    const portal = await startPortal();
    const path = await begun(portal, 10_000_000);
    const sending = send(portal, path, 0, Buffer.alloc(10_000), {
      headers: { "content-length": "10000000" },
      cutAfter: undefined,
    }).catch((error: Error) => error);
    await eventually("the part", async () =>
      expect((await readFile(join(portal.uploadsDir, idOf(path)))).length).toBe(10_000),
    );
    expect((await ask(portal, "DELETE", path)).status).toBe(204);
    expect(await sending).toBeInstanceOf(Error);
    expect(await portal.world.db.image.count()).toBe(0);
    expect(await readdir(portal.uploadsDir)).toEqual([]);
    expect((await ask(portal, "HEAD", path)).status).toBe(404);
  });

  it("that nobody carried on for a day is removed, a younger one is not", async () => {
    const portal = await startPortal();
    const old = await begun(portal, 1_000_000);
    const young = await begun(portal, 1_000_000);
    await writeFile(join(portal.uploadsDir, "strayparts"), "x");
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    await utimes(join(portal.uploadsDir, "strayparts"), longAgo, longAgo);
    await portal.world.db.image.update({
      where: { id: idOf(old) },
      data: { updatedAt: longAgo },
    });
    const { db } = portal.world;
    portal.world.host.connection = "unreachable";
    const report = await reconcile({
      db,
      hosts: portal.world.hosts,
      log: silentLog,
      uploadsDir: portal.uploadsDir,
    });
    expect(report.findings.map((each) => each.kind)).toEqual(["upload.abandoned", "upload.stray"]);
    expect(await readdir(portal.uploadsDir)).toEqual([idOf(young)]);
    expect(await db.image.count()).toBe(1);
  });
});

describe("what is not taken", () => {
  it("a disk image is refused after its first 64 KiB, and removed", async () => {
    const portal = await startPortal();
    const qcow2 = join(await tempDir(), "x.iso");
    await run("qemu-img", [
      "create",
      "-q",
      "-f",
      "qcow2",
      "-o",
      "preallocation=falloc",
      qcow2,
      "8M",
    ]);
    const bytes = await readFile(qcow2);
    const path = await begun(portal, bytes.length);
    expect((await send(portal, path, 0, bytes.subarray(0, 65_535))).status).toBe(204);
    const answer = await send(portal, path, 65_535, bytes.subarray(65_535));
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.body)).toMatchObject({
      code: "input.invalid",
      message: { key: "image.foreign_format", values: { format: "qcow2" } },
    });
    expect(await imageOf(portal, path)).toMatchObject({ state: "refused" });
    expect(await readdir(portal.uploadsDir)).toEqual([]);
    const again = await ask(portal, "HEAD", path);
    expect(again.status).toBe(410);
    expect(await portal.world.db.task.count()).toBe(0);
  });

  it.each([
    ["nothing", 0, 422, "image.too_small"],
    ["less than an ISO's header", 30_000, 422, "image.too_small"],
    ["more than the cap", imageLimits.maxBytes + 1, 422, "image.too_large"],
  ])("a file of %s", async (_what, size, status, key) => {
    const portal = await startPortal();
    const answer = await begin(portal, size);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body).message.key).toBe(key);
    expect(await portal.world.db.image.count()).toBe(0);
  });

  it.each(["-1", "1e3", "1.5", "abc", ""])("a length of %j", async (size) => {
    const portal = await startPortal();
    expect((await begin(portal, size)).status).toBe(400);
    expect(await portal.world.db.image.count()).toBe(0);
  });

  it("a file for which the pool has no room", async () => {
    const portal = await startPortal();
    portal.world.host.pools = portal.world.host.pools.map((pool) => ({
      ...pool,
      availableBytes: 300 * 1024 * 1024,
    }));
    const answer = await begin(portal, 200 * 1024 * 1024);
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body).message.key).toBe("upload.no_room");
  });

  it("what a full disk cannot hold; it goes on where it was once there is room", async () => {
    const portal = await startPortal();
    const iso = await makeIso();
    const path = await begun(portal, iso.length);
    const part = join(portal.uploadsDir, idOf(path));
    await rm(part);
    await symlink("/dev/full", part);
    const answer = await send(portal, path, 0, iso);
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body).message.key).toBe("upload.disk_full");
    expect(await imageOf(portal, path)).toMatchObject({ state: "uploading", receivedBytes: 0n });
    await rm(part);
    await writeFile(part, "");
    expect((await send(portal, path, 0, iso)).status).toBe(204);
    expect(await imageOf(portal, path)).toMatchObject({ state: "checking", sha256: sha256(iso) });
  });

  it("more bytes than were announced, and a wrong offset", async () => {
    const portal = await startPortal();
    const iso = await makeIso();
    const path = await begun(portal, iso.length);
    const longer = Buffer.concat([iso, Buffer.alloc(1_000)]);
    expect((await send(portal, path, 0, longer)).status).toBe(413);
    const offset = await offsetOf(portal, path);
    expect(offset).toBeLessThanOrEqual(iso.length);
    expect((await send(portal, path, offset + 5, iso)).status).toBe(409);
    expect((await imageOf(portal, path)).state).toBe("uploading");
  });

  it("an eleventh open upload of one person", async () => {
    const portal = await startPortal();
    for (let index = 0; index < 10; index++) await begun(portal, 1_000_000);
    const answer = await begin(portal, 1_000_000);
    expect(answer.status).toBe(429);
    expect(await portal.world.db.image.count()).toBe(10);
  });

  it("a second writer while the first one's bytes flow", async () => {
    const portal = await startPortal();
    const path = await begun(portal, 10_000_000);
    const first = send(portal, path, 0, Buffer.alloc(10_000), {
      headers: { "content-length": "10000000" },
    }).catch((error: Error) => error);
    await eventually("the part", async () =>
      expect((await readFile(join(portal.uploadsDir, idOf(path)))).length).toBe(10_000),
    );
    expect((await send(portal, path, 10_000, Buffer.alloc(10))).status).toBe(423);
    await ask(portal, "DELETE", path);
    await first;
  });
});

describe("who may send", () => {
  it("nobody without a session, from another origin, or without an Origin", async () => {
    const portal = await startPortal();
    const path = await begun(portal, 1_000_000);
    for (const origin of ["https://evil.example", "null", null]) {
      const answer = await ask(portal, "DELETE", path, { headers: { origin } });
      expect(answer.status).toBe(403);
    }
    portal.as(null);
    for (const method of ["HEAD", "PATCH", "DELETE"]) {
      expect((await ask(portal, method, path)).status).toBe(401);
    }
    expect((await begin(portal, 1_000_000)).status).toBe(401);
    expect(await portal.world.db.image.count()).toBe(1);
  });

  it("an outsider finds nothing, a viewer may not, and nothing moves", async () => {
    const portal = await startPortal();
    const path = await begun(portal, 1_000_000);
    const before = await imageOf(portal, path);
    for (const [who, status] of [
      [portal.world.outsider, 404],
      [portal.world.viewer, 403],
    ] as const) {
      portal.as(who.actor);
      for (const method of ["HEAD", "DELETE"]) {
        expect((await ask(portal, method, path)).status).toBe(status);
      }
      expect((await send(portal, path, 0, Buffer.alloc(100))).status).toBe(status);
      expect((await begin(portal, 1_000_000)).status).toBe(status);
    }
    expect(await imageOf(portal, path)).toEqual(before);
    expect(await portal.world.db.image.count()).toBe(1);
  });

  it("a session that ends cuts the request that runs; the next one is 401", async () => {
    const portal = await startPortal();
    const path = await begun(portal, 10_000_000);
    const sending = send(portal, path, 0, Buffer.alloc(10_000), {
      headers: { "content-length": "10000000" },
    }).catch((error: Error) => error);
    await eventually("the part", async () =>
      expect((await readFile(join(portal.uploadsDir, idOf(path)))).length).toBe(10_000),
    );
    portal.as(null);
    announceEnded([portal.world.member.actor.sessionId]);
    expect(await sending).toBeInstanceOf(Error);
    expect((await send(portal, path, 10_000, Buffer.alloc(10))).status).toBe(401);
  });

  it.each([
    "/api/uploads/../../etc/passwd",
    "/api/uploads/%2e%2e",
    "/api/uploads/a/b",
    "/api/uploads/x",
  ])("the path %s leads nowhere", async (path) => {
    const portal = await startPortal();
    expect((await ask(portal, "HEAD", path)).status).toBe(404);
    expect((await ask(portal, "GET", "/api/uploads")).status).toBe(404);
  });
});
