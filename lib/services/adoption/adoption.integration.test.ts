import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { CrashLab } from "@/lib/tasks/testing/crash-lab";
import { getQuota } from "../quota/get-quota";
import { addProject } from "../testing/world";
import { getVm } from "../vm/get-vm";
import { listUnmanaged } from "../vm/list-unmanaged";
import { powerVm } from "../vm/power-vm";
import { adoptVm } from "./adopt-vm";
import { planAdoption } from "./plan-adoption";
import { releaseVm } from "./release-vm";

const run = promisify(execFile);
let lab: CrashLab;
let folder: string;

beforeAll(async () => {
  lab = await CrashLab.start("adopt");
  folder = join(lab.peer.dir, "theirs");
  await mkdir(folder);
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

/** A machine as somebody makes it by hand: its disk in a folder, its screen on an address. */
async function foreign(name: string, how: "define" | "create", disk = name): Promise<string> {
  const uuid = randomUUID();
  const file = join(folder, `${disk}.qcow2`);
  if (disk === name) await run("qemu-img", ["create", "-q", "-f", "qcow2", file, "1G"]);
  const xml = join(folder, `${name}.xml`);
  await writeFile(
    xml,
    `<domain type='qemu'><name>${name}</name><uuid>${uuid}</uuid><title>Theirs</title>
    <memory unit='MiB'>64</memory><vcpu>1</vcpu><os><type machine='q35'>hvm</type></os>
    <devices><disk type='file' device='disk'><driver name='qemu' type='qcow2'/>
    <source file='${file}'/><target dev='vda' bus='virtio'/></disk>
    <graphics type='vnc' autoport='yes' listen='127.0.0.1'/></devices></domain>`,
  );
  await lab.peer.virsh([how, xml, ...(how === "create" ? ["--paused"] : [])]);
  await eventually(name, () => expect(lab.host.inventory.get(uuid)).not.toBeNull());
  return uuid;
}

it("a machine made elsewhere becomes a project's, and is let go of as it was", async () => {
  const { world } = await lab.startPortal();
  const { admin, member, db, project: projectId } = world;
  const uuid = await foreign("shop", "define");
  await lab.peer.virsh(["start", "shop", "--paused"]);
  const before = await lab.peer.virsh(["dumpxml", "--inactive", "shop"]);
  const input = { hostId: lab.host.id, uuid, projectId };
  const [unmanaged] = await listUnmanaged(admin);
  expect(unmanaged).toMatchObject({ uuid, domainName: "shop", persistent: true });

  const outside = { key: "adopt.outside", values: { target: "vda" } };
  expect(await planAdoption(admin, input)).toMatchObject({ problems: [outside], possible: false });
  await expect(adoptVm(admin, input)).rejects.toMatchObject({ userMessage: outside });
  await lab.peer.virsh(["pool-create-as", "theirs", "dir", "--target", folder]);
  await eventually("the pool", async () => {
    expect((await planAdoption(admin, input)).problems).toEqual([]);
  });
  const plan = await planAdoption(admin, input);
  expect(plan).toMatchObject({
    name: "shop",
    transient: false,
    vcpus: 1,
    memoryKib: 65_536,
    disks: [{ target: "vda", pool: "theirs", volume: "shop.qcow2", capacityBytes: 1024 ** 3 }],
    possible: true,
  });
  expect(plan.unusual.map(({ path }) => path)).toEqual([
    "devices/graphics[vnc]@listen",
    "devices/graphics[vnc]/listen@type",
    "devices/graphics[vnc]/listen@address",
  ]);

  // What is unusual asks for a proof, and nothing moves without it.
  await db.session.updateMany({ data: { provedAt: new Date(0) } });
  await expect(adoptVm(admin, input)).rejects.toMatchObject({
    userMessage: { key: "auth.prove_again" },
  });
  expect(await db.vm.count()).toBe(0);
  await db.session.updateMany({ data: { provedAt: new Date() } });
  await db.project.update({ where: { id: projectId }, data: { leaseDays: 1, maxVms: 1 } });

  // Of two administrators at once one gets it, and it is counted once.
  const other = await addProject(db, "other");
  const both = await Promise.allSettled([
    adoptVm(admin, input),
    adoptVm(admin, { ...input, projectId: other, name: "again" }),
  ]);
  const won = both.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  const lost = both.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  expect(won).toHaveLength(1);
  expect(lost).toMatchObject([{ code: "conflict.exists", userMessage: { key: "adopt.known" } }]);
  const [{ id: vmId, projectId: winner } = { id: "", projectId: "" }] = won;
  for (const of of [[], ["--inactive"]]) {
    const xml = await lab.peer.virsh(["dumpxml", "shop", ...of]);
    expect(xml).toMatch(new RegExp(`<portico:vm [^>]*id="${vmId}" project="${winner}"`));
    expect(xml).toContain("<title>Theirs</title>");
  }
  expect(await listUnmanaged(admin)).toEqual([]);
  expect(await getVm(admin, { vmId })).toMatchObject({
    domainName: "shop",
    state: "paused",
    lease: null,
    disks: [{ volume: "shop.qcow2" }],
  });
  expect((await getQuota(admin, { projectId: winner })).used).toMatchObject({ vms: 1, diskGib: 1 });
  expect((await powerVm(admin, { vmId, verb: "resume" })).state).toBe("running");

  await expect(releaseVm(member, { vmId })).rejects.toMatchObject({ code: expect.any(String) });
  await db.guestFreeze.create({ data: { vmId, bootId: "x", until: new Date() } });
  await expect(releaseVm(admin, { vmId })).rejects.toMatchObject({
    userMessage: { key: "adopt.frozen" },
  });
  expect(await lab.peer.virsh(["dumpxml", "shop"])).toContain("<portico:vm");
  await db.guestFreeze.deleteMany();
  await releaseVm(admin, { vmId });
  // libvirt keeps the empty element.
  const after = await lab.peer.virsh(["dumpxml", "--inactive", "shop"]);
  expect(after.replace(/ *<metadata\/>\n/, "")).toBe(before);
  expect((await lab.peer.virsh(["domstate", "shop"])).trim()).toBe("running");
  expect(await lab.peer.virsh(["vol-list", "theirs"])).toContain("shop.qcow2");
  expect([await db.vm.count(), await db.disk.count()]).toEqual([0, 0]);
  expect(await listUnmanaged(admin)).toMatchObject([{ uuid }]);
  const log = await db.auditEvent.findMany({ orderBy: { seq: "desc" }, take: 1 });
  expect(log).toMatchObject([{ action: "vm.release", outcome: "ok", targetId: vmId }]);
});

it("one that its host forgets is adopted only with a definition, and quota and disks count", async () => {
  const { world } = await lab.startPortal();
  const { admin, db, project: projectId } = world;
  const uuid = await foreign("fleeting", "create");
  await lab.peer.virsh(["pool-refresh", "theirs"]);
  const input = { hostId: lab.host.id, uuid, projectId, name: "stays" };
  expect(await listUnmanaged(admin)).toMatchObject([{ persistent: false }]);
  expect(await planAdoption(admin, input)).toMatchObject({
    transient: true,
    problems: [{ key: "adopt.transient" }],
  });
  await expect(adoptVm(admin, input)).rejects.toMatchObject({ code: "conflict.rule" });
  const lasting = { ...input, makePersistent: true };

  // Two at once in a project with room for one.
  const second = await foreign("second", "define");
  await lab.peer.virsh(["pool-refresh", "theirs"]);
  const rival = { hostId: lab.host.id, uuid: second, projectId };
  await db.project.update({ where: { id: projectId }, data: { maxVms: 1 } });
  const both = await Promise.allSettled([adoptVm(admin, lasting), adoptVm(admin, rival)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((each) => each.status === "rejected")).toMatchObject({
    reason: { code: "quota.exceeded" },
  });
  expect(await db.vm.count()).toBe(1);
  await db.project.update({ where: { id: projectId }, data: { maxVms: null } });
  await Promise.allSettled([adoptVm(admin, lasting), adoptVm(admin, rival)]);
  expect(await db.vm.count()).toBe(2);
  expect(await lab.peer.virsh(["dominfo", "fleeting"])).toMatch(/Persistent: +yes/);
  expect((await lab.peer.virsh(["domstate", "fleeting"])).trim()).toBe("paused");

  const third = await foreign("third", "define", "second");
  expect(await planAdoption(admin, { ...rival, uuid: third })).toMatchObject({
    problems: [{ key: "adopt.known_disk" }],
  });
  const gone = { ...rival, uuid: randomUUID() };
  await expect(planAdoption(admin, gone)).rejects.toMatchObject({ code: "not_found" });
});
