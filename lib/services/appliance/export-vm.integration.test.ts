import { execFileSync } from "node:child_process";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from "vitest";
import { ensureGuestIso } from "@/e2e/guest/guest-iso";
import { guestIsUp } from "@/e2e/helpers/oracle";
import { tempDir } from "@/lib/db/testing/temp-db";
import {
  makeManifest,
  makeOvf,
  makeStreamVmdk,
  makeTar,
} from "@/lib/hypervisor/appliance/testing/make-ova";
import { CrashLab, type Portal } from "@/lib/tasks/testing/crash-lab";
import type { Context } from "../context";
import { deleteImage } from "../image/delete-image";
import { getImage } from "../image/get-image";
import { startUpload } from "../image/start-upload";
import { finishUpload } from "../image/upload/finish-upload";
import { cancelTask } from "../task/cancel-task";
import { silentLog } from "../testing/silent-log";
import { addPerson } from "../testing/world";
import { importVm } from "../vm/import/import-vm";
import { powerVm } from "../vm/power-vm";
import { createExportHandler, type ExportDeps } from "./export-handler";
import { exportVm } from "./export-vm";

let lab: CrashLab;

beforeAll(async () => {
  lab = await CrashLab.start("export");
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

const run = (...words: [string, ...string[]]) =>
  execFileSync(words[0], words.slice(1), { encoding: "utf8" });

it("an archive that other products read, while the VM stays off and its reader may", async () => {
  const portal = await lab.startPortal();
  const { world } = portal;
  const { member, db } = world;
  const vmId = await lab.created(portal, "Web & <Shop>");
  let actor: Context["actor"] | null = member.actor;
  const origin = await serveExports({ ...world, actorOf: async () => actor });
  const get = (id: string, headers = {}) => fetch(`${origin}/api/exports/vms/${id}`, { headers });
  const refused = async (id: string, headers = {}) => {
    const answer = await get(id, headers);
    return { status: answer.status, body: await answer.json() };
  };
  expect(await refused(vmId)).toMatchObject({
    status: 409,
    body: { message: { key: "clone.not_off" } },
  });
  await powerVm(member, { vmId, verb: "force_off" });
  const { pool, volume } = await db.disk.findFirstOrThrow({ where: { vmId } });
  const disk = lab.peer.outside(
    (await lab.peer.virsh(["vol-path", "--pool", pool, volume])).trim(),
  );
  run("qemu-io", "-f", "qcow2", "-c", "write -P 90 0 3M", disk);

  expect(await refused("0000000000")).toMatchObject({ status: 404 });
  expect(await refused("../x")).toMatchObject({ status: 404 });
  const crossSite = { "sec-fetch-site": "cross-site" };
  expect(await refused(vmId, crossSite)).toMatchObject({ status: 403 });
  actor = (await addPerson(db, world.hosts, "outsider", {})).actor;
  expect(await refused(vmId)).toMatchObject({ status: 404 });
  actor = null;
  expect(await refused(vmId)).toMatchObject({ status: 401 });
  actor = member.actor;

  const folder = await tempDir();
  const answer = await get(vmId);
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="Web-Shop.ova"');
  await writeFile(join(folder, "a.ova"), Buffer.from(await answer.arrayBuffer()));
  run("tar", "-C", folder, "-xf", join(folder, "a.ova"));
  const names = ["Web-Shop.ovf", "Web-Shop.xml", "Web-Shop-vda.qcow2"];
  expect(run("tar", "-tf", join(folder, "a.ova")).trim().split("\n")).toEqual([
    ...names,
    "Web-Shop.mf",
  ]);
  const sums = names.map((name) => {
    const [sum] = run("sha256sum", join(folder, name)).split(" ");
    return `SHA256(${name})= ${sum}\n`;
  });
  expect(await readFile(join(folder, "Web-Shop.mf"), "utf8")).toBe(sums.join(""));
  const copy = join(folder, "Web-Shop-vda.qcow2");
  run("qemu-img", "compare", "-f", "qcow2", "-F", "qcow2", disk, copy);
  const ovf = await readFile(join(folder, "Web-Shop.ovf"), "utf8");
  expect(ovf).toContain("<Name>Web &amp; &lt;Shop&gt;</Name>");
  expect(ovf).toContain(`ovf:capacity="${1024 ** 3}"`);
  expect(ovf).toContain(`ovf:size="${(await stat(copy)).size}"`);
  const xml = await readFile(join(folder, "Web-Shop.xml"), "utf8");
  expect(xml).toContain(vmId);
  expect(xml).not.toContain("/var/lib");
  const rows = await db.auditEvent.findMany({ where: { action: "vm.export" } });
  expect(rows.map(({ outcome }) => outcome)).toEqual(["failed", "ok"]);

  // Started before its end: what has come is short, and says of no file that it is whole.
  const cut = (await exportVm(member, { vmId })).bytes(AbortSignal.timeout(60_000));
  await cut.next();
  await powerVm(member, { vmId, verb: "start" });
  const drained = (async () => {
    let bytes = 0;
    for await (const piece of cut) bytes += piece.length;
    return bytes;
  })();
  await expect(drained).rejects.toThrow("was changed while it was exported");
  await powerVm(member, { vmId, verb: "force_off" });
});

/** Uploads a file as a VM's, and resolves to its image once it was looked at. */
async function uploaded(portal: Portal, name: string, bytes: Buffer): Promise<string> {
  const { db, hosts, member, project: projectId } = portal.world;
  const upload = { projectId, name, sizeBytes: bytes.length, kind: "appliance" } as const;
  const { id } = await startUpload(member, upload, portal.uploadsDir);
  await writeFile(join(portal.uploadsDir, id), bytes);
  expect(await finishUpload({ db, hosts, clock: () => new Date() }, id, null)).toBe(true);
  const task = await db.task.findFirstOrThrow({ where: { targetId: id } });
  await lab.ended(db, task.id);
  return id;
}

const choice = {
  vcpus: 1,
  memoryMib: 256,
  network: "default",
  firmware: "bios",
  drivers: "virtio",
  start: false,
  keep: true,
} as const;

const pathOf = async (volume: string) =>
  lab.peer.outside((await lab.peer.virsh(["vol-path", "--pool", "portico-disks", volume])).trim());

async function allOf(archive: AsyncGenerator<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of archive) parts.push(part);
  return Buffer.concat(parts);
}

it("what was exported comes back with the same disk; held, cancelled, and made once", async () => {
  const portal = await lab.startPortal();
  const { member, db } = portal.world;
  const source = await lab.created(portal, "shop");
  await powerVm(member, { vmId: source, verb: "force_off" });
  const disk = await pathOf(`p-${source}-0.qcow2`);
  run("qemu-io", "-f", "qcow2", "-c", "write -P 90 0 3M", "-c", "write -P 7 900M 1M", disk);
  const { bytes } = await exportVm(member, { vmId: source });
  const imageId = await uploaded(
    portal,
    "shop.ova",
    await allOf(bytes(AbortSignal.timeout(60_000))),
  );
  const found = await getImage(member, { imageId });
  expect(found).toMatchObject({
    kind: "appliance",
    state: "ready",
    appliance: { name: "shop", vcpus: 1, memoryMib: 64, drivers: "virtio", verified: true },
  });
  const before = { domains: await lab.domains(), volumes: await lab.volumes() };

  // Stopped at the last moment: nothing of it stays, but the file.
  const held = await lab.heldAt(portal, "vm.import:define:after");
  const stopped = await importVm(member, { ...choice, imageId, name: "back", keep: false });
  await held.reached;
  await expect(deleteImage(member, { imageId }, portal.uploadsDir)).rejects.toMatchObject({
    userMessage: { key: "appliance.busy" },
  });
  await cancelTask(member, { taskId: stopped.taskId });
  held.release();
  expect(await lab.ended(db, stopped.taskId)).toBe("cancelled");
  expect({ domains: await lab.domains(), volumes: await lab.volumes() }).toEqual(before);
  expect(await db.vm.count()).toBe(1);
  expect(await readdir(portal.uploadsDir)).toEqual([imageId]);

  // By a portal that is killed between the disk and the definition it is there once.
  const killed = await lab.heldAt(portal, "vm.import:disks:after");
  const { vmId, taskId } = await importVm(member, {
    ...choice,
    imageId,
    name: "back",
    keep: false,
  });
  await killed.reached;
  await lab.takeOver(portal);
  expect(await lab.ended(db, taskId)).toBe("done");
  expect((await lab.domains()).sort()).toEqual([`p-${source}`, `p-${vmId}`].sort());
  const copy = await pathOf(`p-${vmId}-0.qcow2`);
  run("qemu-img", "compare", "-f", "qcow2", "-F", "qcow2", disk, copy);
  run("qemu-img", "check", "-q", "-f", "qcow2", copy);
  expect(await readdir(portal.uploadsDir)).toEqual([]);
  expect(await db.image.count()).toBe(0);
  await lab.remove(portal, vmId, "back");
  await lab.remove(portal, source, "shop");
  await lab.expectNothingLeft(portal);
});

it("an appliance as VirtualBox makes it: on SATA its machine starts, on virtio its system", async () => {
  const portal = await lab.startPortal();
  const { member, db } = portal.world;
  const folder = await tempDir();
  const vmdk = await makeStreamVmdk({ folder, from: await ensureGuestIso() });
  const data = await makeStreamVmdk({ folder: await tempDir() });
  const disks = [
    { name: "box-disk001.vmdk", bytes: vmdk.bytes },
    { name: "box-disk002.vmdk", bytes: data.bytes },
  ];
  const files = disks.map(({ name, bytes }) => ({ href: name, size: bytes.length }));
  const ovf = { name: "box.ovf", bytes: makeOvf({ files, name: "box" }) };
  const manifest = { name: "box.mf", bytes: makeManifest([ovf, ...disks], "sha1") };
  const imageId = await uploaded(portal, "box.ova", makeTar([ovf, ...disks, manifest]));
  const made = async (name: string, change: object) => {
    const { vmId, taskId } = await importVm(member, { ...choice, ...change, imageId, name });
    expect(await lab.ended(db, taskId)).toBe("done");
    return vmId;
  };
  // Firmware reads a SATA disk slowly where the processor is emulated: what starts is QEMU.
  const vmId = await made("box", { drivers: "common" });
  const xml = await lab.peer.virsh(["dumpxml", "--inactive", `p-${vmId}`]);
  expect(xml.match(/<target dev='vd.' bus='sata'\/>/g)).toHaveLength(2);
  expect(xml).toContain("<model type='e1000e'/>");
  await lab.peer.virsh(["start", "--paused", `p-${vmId}`]);
  await lab.peer.virsh(["destroy", `p-${vmId}`]);
  for (const [index, { model }] of [vmdk, data].entries()) {
    const copy = await pathOf(`p-${vmId}-${index}.qcow2`);
    run("qemu-img", "compare", "-f", "raw", "-F", "qcow2", model, copy);
  }
  await lab.remove(portal, vmId, "box");
  const started = await made("fast", { start: true });
  await guestIsUp(lab.peer, `p-${started}`);
  expect(await readdir(portal.uploadsDir)).toEqual([imageId]);
  await deleteImage(member, { imageId }, portal.uploadsDir);
  await lab.remove(portal, started, "fast");
  await lab.expectNothingLeft(portal);
  expect(await readdir(portal.uploadsDir)).toEqual([]);
}, 240_000);

it("one that would read the host's files is refused, and nothing of it stays", async () => {
  const portal = await lab.startPortal();
  const { member } = portal.world;
  const overlay = join(await tempDir(), "overlay.qcow2");
  run(
    "qemu-img",
    "create",
    "-q",
    "-f",
    "qcow2",
    "-u",
    "-b",
    "/etc/passwd",
    "-F",
    "raw",
    overlay,
    "1G",
  );
  const disk = { name: "d.qcow2", bytes: await readFile(overlay) };
  const ovf = { name: "a.ovf", bytes: makeOvf({ files: [{ href: disk.name }] }) };
  for (const bytes of [disk.bytes, makeTar([ovf, disk])]) {
    const imageId = await uploaded(portal, "a.ova", bytes);
    expect(await getImage(member, { imageId })).toMatchObject({
      state: "refused",
      error: { key: "appliance.disk_backing" },
    });
    await expect(importVm(member, { ...choice, imageId, name: "never" })).rejects.toMatchObject({
      code: "vm.bad_state",
    });
  }
  expect(await readdir(portal.uploadsDir)).toEqual([]);
  await lab.expectNothingLeft(portal);
});

async function serveExports(deps: Pick<ExportDeps, "db" | "hosts" | "actorOf">): Promise<string> {
  const handle = createExportHandler({ ...deps, log: silentLog, clock: () => new Date() });
  const server = createServer((req, res) => void handle(req, res));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
