import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CrashLab, type Portal } from "@/lib/tasks/testing/crash-lab";
import { addDisk } from "../../disk/add-disk";
import { deleteImage } from "../../image/delete-image";
import { getQuota } from "../../quota/get-quota";
import { createSnapshot } from "../../snapshot/create-snapshot";
import { cancelTask } from "../../task/cancel-task";
import { getTask } from "../../task/get-task";
import { addImage, addProject } from "../../testing/world";
import { revertPending } from "../definition/revert-pending";
import { deleteVm } from "../delete-vm";
import { getVm } from "../get-vm";
import { powerVm } from "../power-vm";
import { endRescue } from "../rescue/end-rescue";
import { startRescue } from "../rescue/start-rescue";
import { setTemplate } from "../template/set-template";
import { standsOnTemplate } from "../template/testing/stands-on-template";
import { transferVm } from "../transfer/transfer-vm";
import { updateVm } from "../update-vm";
import { cloneVm } from "./clone-vm";
import { planClone } from "./plan-clone";

const pool = "portico-disks";
let lab: CrashLab;
let portal: Portal;
/** The VM that all clones are made of: UEFI, a qcow2 and a raw disk, off. */
let source: string;

beforeAll(async () => {
  lab = await CrashLab.start("clones");
});
afterAll(async () => lab?.stop());

const run = (...words: [string, ...string[]]) =>
  execFileSync(words[0], words.slice(1), { encoding: "utf8" });
const dumpxml = (vmId: string) => lab.peer.virsh(["dumpxml", "--inactive", `p-${vmId}`]);
const ask = (name: string, linked = false) =>
  cloneVm(portal.world.member, { vmId: source, name, description: "", linked });
const all = (xml: string, pattern: RegExp) => [...xml.matchAll(pattern)].map((found) => found[1]);

async function files(vmId: string) {
  const rows = await portal.world.db.disk.findMany({
    where: { vmId },
    orderBy: { target: "asc" },
  });
  return Promise.all(
    rows.map(async ({ volume, format }) => {
      const path = (await lab.peer.virsh(["vol-path", "--pool", pool, volume])).trim();
      return { format, path: lab.peer.outside(path) };
    }),
  );
}

/** What there is of VMs: to show that nothing is left of a clone. */
async function everythingThere() {
  const { db, member, project } = portal.world;
  return {
    domains: await lab.domains(),
    volumes: (await lab.volumes()).sort(),
    vms: await db.vm.findMany(),
    disks: await db.disk.findMany({ orderBy: { id: "asc" } }),
    used: (await getQuota(member, { projectId: project })).used,
  };
}

async function makeSource(): Promise<void> {
  const { member, db } = portal.world;
  source = await lab.created(portal, "guest", { firmware: "uefi" });
  const added = await addDisk(member, { vmId: source, sizeGib: 1, format: "raw" });
  expect(await lab.ended(db, added.taskId)).toBe("done");
  await expect(ask("early")).rejects.toMatchObject({
    code: "vm.bad_state",
    userMessage: { key: "clone.not_off" },
  });
  await powerVm(member, { vmId: source, verb: "force_off" });
  await updateVm(member, { vmId: source, tags: ["web"], locked: true });
  const [first, second] = await files(source);
  run("qemu-io", "-f", "qcow2", "-c", "write -P 90 0 1M", first?.path ?? "");
  run("qemu-img", "snapshot", "-c", "inside", first?.path ?? "");
  run("qemu-io", "-f", "qcow2", "-c", "write -P 91 700M 1M", first?.path ?? "");
  run("qemu-io", "-f", "raw", "-c", "write -P 92 5M 1M", second?.path ?? "");
}

/** The same content and hardware by another name; both run at once, as virsh says. */
async function isASecondOne(): Promise<void> {
  const { member, db, project } = portal.world;
  const plan = await planClone(member, { vmId: source });
  expect(plan).toMatchObject({
    domainName: `p-${source}`,
    firmware: "uefi",
    nics: 1,
    asked: { vms: 1, vcpus: 1, diskGib: 2 },
    disks: [
      { target: "vda", format: "qcow2", capacityBytes: 1024 ** 3 },
      { target: "vdb", format: "raw", capacityBytes: 1024 ** 3 },
    ],
  });
  const { vmId, taskId } = await ask("second");
  expect(await lab.ended(db, taskId)).toBe("done");
  const { used } = await getQuota(member, { projectId: project });
  for (const [resource, asked] of Object.entries(plan.asked)) {
    expect(used).toMatchObject({
      [resource]: plan.quota.used[resource as keyof typeof used] + asked,
    });
  }

  const [before, after] = [await dumpxml(source), await dumpxml(vmId)];
  for (const pattern of [
    /<uuid>(.*)<\/uuid>/g,
    /<mac address='(.*)'/g,
    /<serial>(.*)<\/serial>/g,
    /volume='(.*)'/g,
    /<title>(.*)<\/title>/g,
  ]) {
    const [old, now] = [all(before, pattern), all(after, pattern)];
    expect(now).toHaveLength(old.length);
    expect(now.filter((each) => old.includes(each))).toEqual([]);
  }
  expect(after).not.toContain(source);
  for (const same of [/<vcpu.*<\/vcpu>/, /<memory.*<\/memory>/, /<type .*<\/type>/, /<cpu .*>/]) {
    expect(same.exec(after)?.[0]).toBe(same.exec(before)?.[0]);
  }
  expect(await getVm(member, { vmId })).toMatchObject({
    name: "second",
    state: "off",
    tags: ["web"],
    locked: false,
    autostart: false,
  });

  const [old, made] = [await files(source), await files(vmId)];
  expect(made).toHaveLength(2);
  for (const [index, { format, path }] of made.entries()) {
    run("qemu-img", "compare", "-f", format, "-F", format, old[index]?.path ?? "", path);
  }
  const info = JSON.parse(run("qemu-img", "info", "--output=json", made[0]?.path ?? ""));
  expect(info.snapshots).toBeUndefined();
  expect(info["backing-filename"]).toBeUndefined();

  for (const each of [source, vmId]) await powerVm(member, { vmId: each, verb: "start" });
  for (const each of [source, vmId]) {
    const live = await lab.peer.virsh(["dumpxml", `p-${each}`]);
    expect(live).toMatch(/^<domain [^>]*id='/);
    // The variables of its firmware are its own.
    const variables = all(live, /<nvram[^>]*>(.*)<\/nvram>/g);
    expect(variables).toEqual([expect.stringContaining(each)]);
    await powerVm(member, { vmId: each, verb: "force_off" });
  }
  await remove(vmId, "second");
}

async function remove(vmId: string, name: string): Promise<void> {
  const { member, db } = portal.world;
  const asked = await deleteVm(member, { vmId, confirmName: name, keepDisks: false });
  expect(await lab.ended(db, asked.taskId)).toBe("done");
}

/** Is left alone by everybody meanwhile; nothing is left of a clone that was cancelled. */
async function isHeldAndCancelled(): Promise<void> {
  const { member, db } = portal.world;
  const before = await everythingThere();
  const held = await lab.heldAt(portal, "vm.clone:define:after");
  const { vmId, taskId } = await ask("second");
  expect(await getVm(member, { vmId })).toMatchObject({
    state: "creating",
    tasks: [{ id: taskId, kind: "vm.clone", cancellable: true }],
  });
  await held.reached;
  const refused = { code: "vm.bad_state", userMessage: { key: "clone.busy" } };
  await expect(powerVm(member, { vmId: source, verb: "start" })).rejects.toMatchObject(refused);
  await expect(
    createSnapshot(member, { vmId: source, name: "one", description: "" }),
  ).rejects.toMatchObject(refused);
  await updateVm(member, { vmId: source, locked: false });
  await expect(
    deleteVm(member, { vmId: source, confirmName: "guest", keepDisks: false }),
  ).rejects.toMatchObject(refused);
  await updateVm(member, { vmId: source, locked: true });
  await cancelTask(member, { taskId });
  held.release();
  expect(await lab.ended(db, taskId)).toBe("cancelled");
  expect(await everythingThere()).toEqual(before);
}

/** Of what was changed behind the portal's back no clone is made, and nothing is left. */
async function isThrownAway(point: string, key: string, change: () => Promise<unknown>) {
  const { member, db } = portal.world;
  const before = await everythingThere();
  const held = await lab.heldAt(portal, point);
  const { taskId } = await ask("second");
  await held.reached;
  await change();
  held.release();
  expect(await lab.ended(db, taskId)).toBe("failed");
  expect((await getTask(member, { taskId })).error?.key).toBe(key);
  expect(await everythingThere()).toEqual(before);
}

const points = ["copy:after", "define:after"].map((at) => `vm.clone:${at}`);

/** By a portal killed at that point it is there once. */
async function isMadeOnce(point: string, linked = false): Promise<void> {
  const { db } = portal.world;
  const { reached } = await lab.heldAt(portal, point);
  const { vmId, taskId } = await ask("second", linked);
  await reached;
  await lab.takeOver(portal);
  expect(await lab.ended(db, taskId)).toBe("done");
  expect((await lab.domains()).sort()).toEqual([`p-${source}`, `p-${vmId}`].sort());
  expect(await lab.volumes()).toHaveLength(4);
  await remove(vmId, "second");
}

async function isRefusedBeyondTheQuota(): Promise<void> {
  const { db, project } = portal.world;
  const before = await everythingThere();
  await expect(ask("guest")).rejects.toMatchObject({ code: "conflict.exists" });
  await db.project.update({ where: { id: project }, data: { maxDiskGib: 3 } });
  await expect(ask("second")).rejects.toMatchObject({
    code: "quota.exceeded",
    details: { resource: "diskGib", used: 2, asked: 2 },
  });
  await db.project.update({ where: { id: project }, data: { maxDiskGib: null } });
  expect(await everythingThere()).toEqual(before);
}

/** Others lie on its disks, and hold it as it is; also by a portal that is killed meanwhile. */
async function isATemplate(): Promise<void> {
  const { member } = portal.world;
  await updateVm(member, { vmId: source, locked: false });
  const sums = async () => (await files(source)).map(({ path }) => run("sha256sum", path));
  const before = await sums();
  await setTemplate(member, { vmId: source, template: true });
  await expect(powerVm(member, { vmId: source, verb: "start" })).rejects.toMatchObject({
    userMessage: { key: "template.is_one" },
  });
  await standsOnTemplate(lab, portal, { vmId: source, name: "guest", files });
  for (const point of points) await isMadeOnce(point, true);
  await setTemplate(member, { vmId: source, template: false });
  expect(await sums()).toEqual(before);
}

/** Starts from an image until the rescue ends, and is then as before, virsh's changes included. */
async function isRescued(): Promise<void> {
  const { member, db, project } = portal.world;
  const images = "portico-images";
  await lab.peer.virsh(["vol-create-as", images, "rescue.iso", "1M"]);
  const row = { pool: images, volume: "rescue.iso", name: "rescue" };
  const { id: imageId } = await addImage({ db, project }, row);
  const gone = await addImage({ db, project }, { ...row, volume: "gone.iso" });
  const before = await dumpxml(source);
  const place = { vmId: source };
  const bootsFrom = (xml: string) =>
    xml
      .split("</disk>")
      .filter((each) => /<boot order/.test(each))
      .map((each) => /volume='([^']*)'/.exec(each)?.[1]);
  const disks = all(before, /volume='(p-[^']*)'/g);

  await expect(startRescue(member, { ...place, imageId: gone.id })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await dumpxml(source)).toBe(before);
  expect(await getVm(member, place)).toMatchObject({ state: "off", rescue: null });

  const began = await startRescue(member, { ...place, imageId });
  expect(began).toMatchObject({ state: "running", rescue: { image: "rescue" } });
  for (const of of [[], ["--inactive"]]) {
    const xml = await lab.peer.virsh(["dumpxml", `p-${source}`, ...of]);
    expect(bootsFrom(xml)).toEqual(["rescue.iso"]);
    expect(all(xml, /volume='(p-[^']*)'/g)).toEqual(disks);
  }
  await powerVm(member, { ...place, verb: "force_off" });
  await powerVm(member, { ...place, verb: "start" });
  expect(bootsFrom(await lab.peer.virsh(["dumpxml", `p-${source}`]))).toEqual(["rescue.iso"]);
  await expect(deleteImage(member, { imageId })).rejects.toMatchObject({ code: "vm.bad_state" });
  // Words about it are no change, and stay.
  await updateVm(member, { ...place, description: "mended" });
  await endRescue(member, { ...place, changed: "refuse" });
  expect(await getVm(member, place)).toMatchObject({ state: "running", rescue: null });
  // What it still runs from is nothing that its next start could be put back to.
  await expect(revertPending(member, place)).rejects.toMatchObject({
    code: "vm.bad_state",
    userMessage: { key: "rescue.still_runs" },
  });
  const described = before.replace("<description>changed<", "<description>mended<");
  expect(await dumpxml(source)).toBe(described);
  await powerVm(member, { ...place, verb: "force_off" });

  await startRescue(member, { ...place, imageId });
  const [mac = ""] = all(before, /<mac address='(.*)'/g);
  await lab.peer.virsh(["domif-setlink", `p-${source}`, mac, "down", "--config"]);
  const changed = await dumpxml(source);
  await expect(endRescue(member, { ...place, changed: "refuse" })).rejects.toMatchObject({
    code: "conflict.stale",
    userMessage: { key: "rescue.changed" },
  });
  expect(await dumpxml(source)).toBe(changed);
  await endRescue(member, { ...place, changed: "keep" });
  const kept = await dumpxml(source);
  expect(kept).toContain("<link state='down'/>");
  expect(kept).not.toContain("rescue.iso");
  expect(bootsFrom(kept)).toEqual(bootsFrom(before));
  await powerVm(member, { ...place, verb: "force_off" });
}

/** Goes to another project while it runs, also by a portal killed before its host is told. */
async function changesItsProject(): Promise<void> {
  const { admin, member, db, project } = portal.world;
  const toProjectId = await addProject(db, "other");
  await powerVm(member, { vmId: source, verb: "start" });
  const domid = await lab.peer.virsh(["domid", `p-${source}`]);
  const { reached } = await lab.heldAt(portal, "vm.transfer:mark:before");
  const { taskId } = await transferVm(admin, { vmId: source, toProjectId });
  await reached;
  await lab.takeOver(portal);
  expect(await lab.ended(db, taskId)).toBe("done");
  expect(await lab.peer.virsh(["domid", `p-${source}`])).toBe(domid);
  for (const of of [[], ["--inactive"]]) {
    const xml = await lab.peer.virsh(["dumpxml", `p-${source}`, ...of]);
    expect(all(xml, /<portico:vm [^>]*project=["'](\w+)["']/g)).toEqual([toProjectId]);
  }
  await expect(getVm(member, { vmId: source })).rejects.toMatchObject({ code: "not_found" });
  expect(await getVm(admin, { vmId: source })).toMatchObject({ projectId: toProjectId });
  const back = await transferVm(admin, { vmId: source, toProjectId: project });
  expect(await lab.ended(db, back.taskId)).toBe("done");
  await powerVm(member, { vmId: source, verb: "force_off" });
}

// One guest serves all of it: what each part does leaves it as it was.
it("a clone: a second one, held, cancelled, thrown away, and made once by a killed portal", async () => {
  portal = await lab.startPortal();
  await makeSource();
  await isRefusedBeyondTheQuota();
  await isASecondOne();
  await isHeldAndCancelled();
  const [disk] = await files(source);
  await isThrownAway("vm.clone:verify:before", "volume.changed", async () =>
    run("qemu-io", "-f", "qcow2", "-c", "write -P 7 5M 64k", disk?.path ?? ""),
  );
  await isThrownAway("vm.clone:define:before", "clone.changed", () =>
    lab.peer.virsh(["desc", `p-${source}`, "--config", "--new-desc", "changed"]),
  );
  for (const point of points) await isMadeOnce(point);
  await isATemplate();
  await isRescued();
  await changesItsProject();
}, 180_000);
