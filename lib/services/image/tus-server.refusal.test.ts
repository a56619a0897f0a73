import { readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { tempDir } from "@/lib/db/testing/temp-db";
import { imageLimits } from "@/lib/model/image";
import {
  ask,
  begin,
  begun,
  idOf,
  imageOf,
  makeIso,
  offsetOf,
  run,
  send,
  sha256,
  startPortal,
} from "./tus-server.fixture";

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

  it("a file beyond the project's quota, before a byte of it travels", async () => {
    const portal = await startPortal();
    const { db, project } = portal.world;
    const limit = (data: { maxImages?: number | null; maxImageGib?: number }) =>
      db.project.update({ where: { id: project }, data });
    await limit({ maxImages: 0 });
    const full = await begin(portal, 1_000_000);
    expect(full.status).toBe(413);
    expect(JSON.parse(full.body)).toMatchObject({
      code: "quota.exceeded",
      message: { key: "quota.images" },
    });
    await limit({ maxImages: null, maxImageGib: 1 });
    await begun(portal, 600 * 1024 ** 2);
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => begin(portal, 300 * 1024 ** 2)),
    );
    // The declared sizes count from the start: of these only one has room beside the first.
    expect(answers.map((each) => each.status).sort()).toEqual([201, 413, 413]);
    expect(await db.image.count()).toBe(2);
    expect(await readdir(portal.uploadsDir)).toHaveLength(2);
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

  it("an ISO as a VM's file, and a VM's file as an ISO, by their first 64 KiB", async () => {
    const portal = await startPortal();
    const disk = Buffer.alloc(100_000);
    disk.writeUInt16BE(0x55aa, 510);
    for (const [kind, bytes, key] of [
      ["appliance", await makeIso(), "appliance.is_iso"],
      ["iso", disk, "image.not_iso"],
    ] as const) {
      const begun = await begin(portal, bytes.length, { kind });
      const answer = await send(portal, begun.headers.location ?? "", 0, bytes);
      expect(answer.status).toBe(422);
      expect(JSON.parse(answer.body).message.key).toBe(key);
    }
    expect(await readdir(portal.uploadsDir)).toEqual([]);
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
