import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { awaitBuilt } from "@/lib/hypervisor/volume/await-built";
import { rewriteVolume } from "@/lib/hypervisor/volume/rewrite-volume";
import { deleteVolume, readVolume } from "@/lib/hypervisor/volumes";
import { diskRewrites } from "@/lib/tasks/definitions/disk-rewrite";
import { CrashLab, type Portal } from "@/lib/tasks/testing/crash-lab";
import { getQuota } from "../quota/get-quota";
import { cancelTask } from "../task/cancel-task";
import { getTask } from "../task/get-task";
import { getVm } from "../vm/get-vm";
import { powerVm } from "../vm/power-vm";
import { checkDisk } from "./check-disk";
import { compactDisk } from "./compact-disk";
import { convertDisk } from "./convert-disk";
import { getDiskFile } from "./get-disk-file";

const pool = "portico-disks";
let lab: CrashLab;
let portal: Portal;
/** One VM for all of it; off after the first test. */
let vmId: string;

beforeAll(async () => {
  lab = await CrashLab.start("files");
});
afterAll(async () => lab?.stop());

const look = () => getDiskFile(portal.world.member, { vmId, target: "vda" });
const volumes = async () =>
  (await lab.volumes()).filter((name) => name.startsWith(`p-${vmId}`)).sort();
const run = (...words: [string, ...string[]]) =>
  execFileSync(words[0], words.slice(1), { encoding: "utf8" });

async function pathOf(volume: string): Promise<string> {
  return lab.peer.outside((await lab.peer.virsh(["vol-path", "--pool", pool, volume])).trim());
}

async function current(): Promise<{ volume: string; format: string; path: string }> {
  const row = await portal.world.db.disk.findFirstOrThrow({ where: { vmId } });
  return { volume: row.volume, format: row.format, path: await pathOf(row.volume) };
}

const heldAt = (point: string) => lab.heldAt(portal, point);

const options = { target: "vda", copy: false, keepOld: false } as const;
const other = (format: string) => (format === "raw" ? "qcow2" : "raw") as "raw" | "qcow2";

/** What a disk lies in is what qemu-img says; running, it is not written anew. */
async function tellsWhatQemuImgSays(): Promise<void> {
  const { member } = portal.world;
  const { path, volume } = await current();
  const said = JSON.parse(run("qemu-img", "info", "-U", "--output=json", path));
  const running = await look();
  expect(running.running).toMatchObject({ capacityBytes: 1024 ** 3 });
  expect(running).toMatchObject({
    pool,
    volume,
    format: "qcow2",
    listedFormat: "qcow2",
    capacityBytes: said["virtual-size"],
    allocationBytes: said["actual-size"],
    chain: [],
    headerProblem: null,
    header: {
      virtualBytes: said["virtual-size"],
      clusterBytes: said["cluster-size"],
      corrupt: false,
      snapshots: 0,
    },
  });
  expect(running.commands[2]).toContain("qemu-img info -U");
  await expect(convertDisk(member, { vmId, ...options, format: "raw" })).rejects.toMatchObject({
    code: "vm.bad_state",
    userMessage: { key: "volume.not_off" },
  });
  await expect(checkDisk(member, { vmId, target: "vda" })).rejects.toMatchObject({
    code: "vm.bad_state",
  });
  await powerVm(member, { vmId, verb: "force_off" });
  expect(await look()).toMatchObject({ running: null, capacityBytes: 1024 ** 3 });
}

/** Is converted, with its content, and the former file kept; then back, and deleted. */
async function isConvertedAndBack(): Promise<void> {
  const { member, db, project } = portal.world;
  const first = await current();
  run("qemu-io", "-f", "qcow2", "-c", "write -P 90 0 1M", "-c", "write -P 91 700M 1M", first.path);
  const serial = /<serial>(.*)<\/serial>/.exec(await lab.peer.virsh(["dumpxml", `p-${vmId}`]))?.[1];
  await db.project.update({ where: { id: project }, data: { maxDiskGib: 1 } });
  await expect(convertDisk(member, { vmId, ...options, format: "raw" })).rejects.toMatchObject({
    code: "quota.exceeded",
  });
  expect(await db.disk.count()).toBe(1);
  await db.project.update({ where: { id: project }, data: { maxDiskGib: null } });
  const asked = await convertDisk(member, { vmId, ...options, format: "raw", keepOld: true });
  expect((await getQuota(member, { projectId: project })).used.diskGib).toBe(2);
  expect(await lab.ended(db, asked.taskId)).toBe("done");
  const raw = await current();
  expect(raw.format).toBe("raw");
  run("qemu-img", "compare", "-f", "qcow2", "-F", "raw", first.path, raw.path);
  const xml = await lab.peer.virsh(["dumpxml", `p-${vmId}`]);
  expect(xml).toContain(raw.volume);
  expect(/<serial>(.*)<\/serial>/.exec(xml)?.[1]).toBe(serial);
  expect(await look()).toMatchObject({ format: "raw", listedFormat: "raw", looksLike: null });
  const kept = await db.disk.findFirstOrThrow({ where: { vmId: null } });
  expect(kept).toMatchObject({ volume: first.volume, state: "ready", keptFrom: "guest" });
  await expect(convertDisk(member, { vmId, ...options, format: "raw" })).rejects.toMatchObject({
    userMessage: { key: "volume.same_format" },
  });

  const back = await convertDisk(member, { vmId, ...options, format: "qcow2" });
  expect(await lab.ended(db, back.taskId)).toBe("done");
  const last = await current();
  run("qemu-img", "compare", "-f", "qcow2", "-F", "qcow2", first.path, last.path);
  expect(await volumes()).toEqual([first.volume, last.volume].sort());
  expect(await db.disk.count()).toBe(2);
  await db.disk.delete({ where: { id: kept.id } });
  await deleteVolume(lab.host, pool, first.volume);
  expect((await powerVm(member, { vmId, verb: "start" })).state).toBe("running");
  await powerVm(member, { vmId, verb: "force_off" });
}

/** Is copied for itself; compacted, it says what it won. */
async function isCopiedCheckedAndCompacted(): Promise<void> {
  const { member, db } = portal.world;
  const before = await current();
  const asked = await convertDisk(member, { vmId, ...options, format: "raw", copy: true });
  expect(await lab.ended(db, asked.taskId)).toBe("done");
  expect(await current()).toEqual(before);
  const copy = await db.disk.findFirstOrThrow({ where: { vmId: null } });
  expect(copy).toMatchObject({ format: "raw", state: "ready" });
  run("qemu-img", "compare", "-f", "qcow2", "-F", "raw", before.path, await pathOf(copy.volume));
  await db.disk.delete({ where: { id: copy.id } });
  await deleteVolume(lab.host, pool, copy.volume);

  const found = await checkDisk(member, { vmId, target: "vda" });
  expect(found).toMatchObject({ corruptions: 0, leaks: 0, dirty: false });
  expect(found.dataBytes).toBeGreaterThanOrEqual(2 * 1024 ** 2);

  // Zeros that were written take room like anything else.
  run("qemu-io", "-f", "qcow2", "-c", "write -P 0 100M 64M", before.path);
  const compacted = await compactDisk(member, { vmId, target: "vda", keepOld: false });
  expect(await lab.ended(db, compacted.taskId)).toBe("done");
  const { fileSizes } = await getTask(member, { taskId: compacted.taskId });
  expect((fileSizes?.beforeBytes ?? 0) - (fileSizes?.afterBytes ?? 0)).toBeGreaterThan(
    60 * 1024 ** 2,
  );
  expect(await volumes()).toEqual([(await current()).volume]);
}

/** Does not start meanwhile; what was written to it makes the new file worthless. */
async function isThrownAwayAfterAChange(): Promise<void> {
  const { member, db } = portal.world;
  const before = await current();
  const held = await heldAt("disk.convert:verify:before");
  const { taskId } = await convertDisk(member, { vmId, ...options, format: "raw" });
  await held.reached;
  await expect(powerVm(member, { vmId, verb: "start" })).rejects.toMatchObject({
    code: "vm.bad_state",
    userMessage: { key: "volume.busy" },
  });
  await expect(compactDisk(member, { vmId, target: "vda", keepOld: false })).rejects.toMatchObject({
    userMessage: { key: "volume.busy" },
  });
  run("qemu-io", "-f", "qcow2", "-c", "write -P 7 5M 64k", before.path);
  held.release();
  expect(await lab.ended(db, taskId)).toBe("failed");
  expect((await getTask(member, { taskId })).error?.key).toBe("volume.changed");
  expect(await current()).toEqual(before);
  expect(await volumes()).toEqual([before.volume]);
  expect(await db.disk.count()).toBe(1);
}

/** Cancelled: nothing is left of it. */
async function isCancelledAt(at: string): Promise<void> {
  const { member, db } = portal.world;
  const before = await current();
  const held = await heldAt(`disk.convert:${at}`);
  const { taskId } = await convertDisk(member, { vmId, ...options, format: other(before.format) });
  await held.reached;
  await cancelTask(member, { taskId });
  held.release();
  expect(await lab.ended(db, taskId)).toBe("cancelled");
  expect(await current()).toEqual(before);
  expect(await volumes()).toEqual([before.volume]);
  expect(await lab.peer.virsh(["domblklist", `p-${vmId}`])).toContain(before.volume);
  expect(await db.disk.count()).toBe(1);
}

const points = diskRewrites["disk.convert"].steps
  .slice(1)
  .flatMap((step) => [`disk.convert:${step}:before`, `disk.convert:${step}:after`]);

/** By a portal killed at that point it is converted once. */
async function isConvertedOnce(point: string): Promise<void> {
  const { member, db } = portal.world;
  const before = await current();
  const { reached } = await heldAt(point);
  const { taskId } = await convertDisk(member, { vmId, ...options, format: other(before.format) });
  await reached;
  await lab.takeOver(portal);
  expect(await lab.ended(db, taskId)).toBe("done");
  const after = await current();
  expect(after.format).toBe(other(before.format));
  expect(await volumes()).toEqual([after.volume]);
  expect(await db.disk.count()).toBe(1);
}

/** A writing that nobody waits for any more can be thrown away when it is done. */
async function isWrittenToTheEnd(): Promise<void> {
  const { format, path, volume } = await current();
  const capacityBytes = 1024 ** 3;
  run("qemu-io", "-f", format, "-c", "write -P 3 0 500M", path);
  const to = { pool, volume: `p-${vmId}-thrown.qcow2`, format: "qcow2" as const };
  const left = new AbortController();
  const work = rewriteVolume(
    lab.host,
    { from: { pool, volume, path: null }, to, capacityBytes },
    left.signal,
    () => undefined,
  );
  const aborted = expect(work).rejects.toThrow();
  await eventually("the new file", async () =>
    expect(await readVolume(lab.host, pool, to.volume)).not.toBeNull(),
  );
  left.abort();
  await aborted;
  await awaitBuilt(lab.host, pool, to.volume);
  await deleteVolume(lab.host, pool, to.volume);
  expect(await volumes()).toEqual([volume]);
}

/** Files that could lead the host elsewhere, or would lose something, are left alone. */
async function isLeftAlone(): Promise<void> {
  const { member, db } = portal.world;
  let now = await current();
  if (now.format === "raw") {
    const { taskId } = await convertDisk(member, { vmId, ...options, format: "qcow2" });
    expect(await lab.ended(db, taskId)).toBe("done");
    now = await current();
  }
  const refused = async (key: string) => {
    const asked = convertDisk(member, { vmId, ...options, format: "raw", copy: true });
    await expect(asked).rejects.toMatchObject({ code: "conflict.rule", userMessage: { key } });
  };
  run("qemu-img", "snapshot", "-c", "inside", now.path);
  await refused("volume.has_snapshots");
  run("qemu-img", "snapshot", "-d", "inside", now.path);

  const below = ["-u", "-F", "raw", "-b", "/etc/passwd"] as const;
  const low = join(now.path, "..", "low.qcow2");
  run("qemu-img", "create", "-q", "-f", "qcow2", ...below, low, "1G");
  run("qemu-img", "rebase", "-u", "-F", "qcow2", "-b", "low.qcow2", now.path);
  await lab.peer.virsh(["pool-refresh", pool]);
  expect((await look()).chain).toEqual([
    { name: "low.qcow2", format: "qcow2" },
    { name: "/etc/passwd", format: "raw" },
  ]);
  await refused("volume.has_below");

  // What a guest writes into a raw disk is not believed, whatever the host's list says.
  const domain = await lab.peer.virsh(["dumpxml", `p-${vmId}`]);
  const xml = join(lab.peer.dir, "raw.xml");
  await writeFile(xml, domain.replace(/type=(["'])qcow2\1/, 'type="raw"'));
  await lab.peer.virsh(["define", xml]);
  await lab.host.inventory.refresh((await getVm(member, { vmId })).uuid);
  expect(await look()).toMatchObject({
    format: "raw",
    listedFormat: "qcow2",
    looksLike: "qcow2",
    chain: [],
    compat: null,
    header: null,
    headerProblem: { key: "volume.no_header" },
  });
  await refused("volume.other_format");
}

// One guest serves all of it: what each part does leaves it as it was.
it("the file of a disk: told, written anew, cut off everywhere, and left alone", async () => {
  portal = await lab.startPortal();
  vmId = await lab.created(portal);
  await tellsWhatQemuImgSays();
  await isConvertedAndBack();
  await isCopiedCheckedAndCompacted();
  await isThrownAwayAfterAChange();
  for (const at of ["copy:after", "switch:after"]) await isCancelledAt(at);
  for (const point of points) await isConvertedOnce(point);
  await isWrittenToTheEnd();
  await isLeftAlone();
}, 180_000);
