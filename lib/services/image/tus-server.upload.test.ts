import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { imageStore } from "@/lib/tasks/definitions/image-store";
import { reconcile } from "@/lib/tasks/reconcile";
import { tidyUploads } from "@/lib/tasks/reconcile/uploads";
import { silentLog } from "../testing/silent-log";
import {
  ask,
  begin,
  begun,
  idOf,
  imageOf,
  makeIso,
  offsetOf,
  send,
  sha256,
  startPortal,
} from "./tus-server.fixture";

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

  it("of a VM's file is looked at without a host, and stays until somebody imports it", async () => {
    const portal = await startPortal();
    portal.world.host.connection = "unreachable";
    const disk = Buffer.alloc(100_000);
    disk.writeUInt16BE(0x55aa, 510);
    const begun = await begin(portal, disk.length, { filename: "a.raw", kind: "appliance" });
    const path = begun.headers.location ?? "";
    expect((await send(portal, path, 0, disk)).status).toBe(204);
    const { db, hosts } = portal.world;
    expect(await imageOf(portal, path)).toMatchObject({ kind: "appliance", state: "checking" });
    expect(await db.task.count({ where: { kind: "image.examine" } })).toBe(1);
    await db.image.updateMany({ data: { state: "ready" } });
    const part = join(portal.uploadsDir, idOf(path));
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    await utimes(part, longAgo, longAgo);
    const deps = { db, hosts, clock: () => new Date() };
    expect(await tidyUploads(deps, portal.uploadsDir)).toEqual([]);
    expect(await readdir(portal.uploadsDir)).toEqual([idOf(path)]);
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
