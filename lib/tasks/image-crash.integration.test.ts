import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { newId } from "@/lib/db/id";
import { deleteImage } from "@/lib/services/image/delete-image";
import { finishUpload } from "@/lib/services/image/upload/finish-upload";
import { insertMedia } from "@/lib/services/vm/insert-media";
import { powerVm } from "@/lib/services/vm/power-vm";
import { imageStore } from "./definitions/image-store";
import { CrashLab, type Portal } from "./testing/crash-lab";

const run = promisify(execFile);
let lab: CrashLab;
let isoPath: string;

beforeAll(async () => {
  lab = await CrashLab.start("imgcrash");
  const tree = join(lab.peer.dir, "tree");
  await mkdir(tree);
  await writeFile(join(tree, "payload.bin"), randomBytes(3_000_000));
  isoPath = join(lab.peer.dir, "test.iso");
  await run("xorriso", ["-as", "mkisofs", "-quiet", "-V", "CRASH_TEST", "-o", isoPath, tree]);
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

describe("an image", () => {
  async function arrive(portal: Portal, sha256: string | null = null): Promise<string> {
    const { db, hosts, project, member } = portal.world;
    const bytes = await readFile(isoPath);
    const imageId = newId();
    await copyFile(isoPath, join(portal.uploadsDir, imageId));
    await db.image.create({
      data: {
        id: imageId,
        projectId: project,
        name: "test.iso",
        state: "uploading",
        sizeBytes: BigInt(bytes.length),
        uploadedById: member.actor.userId,
        uploadedBy: "member",
      },
    });
    expect(await finishUpload({ db, hosts, clock: () => new Date() }, imageId, sha256)).toBe(true);
    return imageId;
  }

  async function imageIs(portal: Portal, imageId: string, state: string) {
    return eventually(`an image that is ${state}`, async () => {
      const image = await portal.world.db.image.findUniqueOrThrow({ where: { id: imageId } });
      expect(image.state).toBe(state);
      return image;
    });
  }

  async function taskOf(portal: Portal, imageId: string, kind: string): Promise<string> {
    const task = await portal.world.db.task.findFirstOrThrow({
      where: { targetId: imageId, kind },
    });
    return lab.ended(portal.world.db, task.id);
  }

  async function removeImage(portal: Portal, imageId: string): Promise<void> {
    await deleteImage(portal.world.member, { imageId });
    await eventually("the image's end", async () =>
      expect(await portal.world.db.image.count({ where: { id: imageId } })).toBe(0),
    );
    expect(await taskOf(portal, imageId, "image.delete")).toBe("done");
  }

  const points = imageStore.steps.flatMap((step) => [
    `image.store:${step}:before`,
    `image.store:${step}:after`,
  ]);

  it.each([null, ...points])("is stored byte by byte, killed at %s", async (point) => {
    let imageId = "";
    const portal =
      point === null
        ? await lab.startPortal()
        : await lab.withCrash(point, async (own) => {
            imageId = await arrive(own);
          });
    if (point === null) imageId = await arrive(portal);
    const image = await imageIs(portal, imageId, "ready");
    expect(await taskOf(portal, imageId, "image.store")).toBe("done");
    const bytes = await readFile(isoPath);
    expect(image).toMatchObject({
      volumeLabel: "CRASH_TEST",
      volume: `p-${imageId}.iso`,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    });
    const copy = join(lab.peer.dir, "copy.iso");
    await lab.peer.virsh(["vol-download", `p-${imageId}.iso`, copy, "--pool", "portico-images"]);
    expect((await readFile(copy)).equals(bytes)).toBe(true);
    expect(await readdir(portal.uploadsDir)).toEqual([]);
    await removeImage(portal, imageId);
    await lab.expectNothingLeft(portal);
  });

  it("that the project has already is kept once, also when both arrive together", async () => {
    const portal = await lab.startPortal();
    const ids = await Promise.all([arrive(portal), arrive(portal)]);
    await eventually("both ends", async () => {
      const states = await portal.world.db.image.findMany({ select: { state: true } });
      expect(states.map((each) => each.state).sort()).toEqual(["ready", "refused"]);
    });
    for (const id of ids) await taskOf(portal, id, "image.store");
    const refused = await portal.world.db.image.findFirstOrThrow({ where: { state: "refused" } });
    expect(JSON.parse(refused.error ?? "")).toEqual({
      key: "image.duplicate",
      values: { name: "test.iso" },
    });
    expect(await lab.volumes()).toHaveLength(1);
    expect(await readdir(portal.uploadsDir)).toEqual([]);
    const ready = ids.find((id) => id !== refused.id) ?? "";
    expect(await deleteImage(portal.world.member, { imageId: refused.id })).toEqual({
      taskId: null,
    });
    await removeImage(portal, ready);
    await lab.expectNothingLeft(portal);
  });

  it("that is none is refused and removed, whatever its head said", async () => {
    const portal = await lab.startPortal();
    const good = await readFile(isoPath);
    isoPath = join(lab.peer.dir, "half.iso");
    await writeFile(isoPath, good.subarray(0, 1_000_000));
    const imageId = await arrive(portal);
    const image = await imageIs(portal, imageId, "refused");
    isoPath = join(lab.peer.dir, "test.iso");
    expect(JSON.parse(image.error ?? "")).toMatchObject({ key: "image.truncated" });
    expect(await taskOf(portal, imageId, "image.store")).toBe("failed");
    expect(await readdir(portal.uploadsDir)).toEqual([]);
    await lab.expectNothingLeft(portal);
  });

  it("is not deleted while a drive holds it, and can be ejected", async () => {
    const portal = await lab.startPortal();
    const imageId = await arrive(portal);
    await imageIs(portal, imageId, "ready");
    const vmId = await lab.created(portal);
    const { member } = portal.world;
    await powerVm(member, { vmId, verb: "force_off" });
    const inserted = await insertMedia(member, { vmId, imageId });
    expect(inserted.disks.find((disk) => disk.device === "cdrom")).toMatchObject({
      imageId,
      imageName: "test.iso",
    });
    await expect(deleteImage(member, { imageId })).rejects.toMatchObject({
      code: "vm.bad_state",
      userMessage: { key: "image.in_use", values: { names: "guest", count: 1 } },
    });
    await lab.remove(portal, vmId);
    await removeImage(portal, imageId);
    await lab.expectNothingLeft(portal);
  });
});
