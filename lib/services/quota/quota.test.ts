import { describe, expect, it } from "vitest";
import { projectLimitsSchema } from "@/lib/model/project-limits";
import { defaultLimits, type OwnLimits, perResource } from "@/lib/model/quota";
import { KIB_PER_GIB } from "@/lib/model/units";
import { liveVm } from "../testing/live-vm";
import { addImage, addKeptDisk, addVm, everything, makeWorld, type World } from "../testing/world";
import { createVm } from "../vm/create-vm";
import { resizeVm } from "../vm/resize-vm";
import { getQuota } from "./get-quota";
import { hostOvercommit } from "./host-overcommit";
import { quotaContacts } from "./quota-contacts";
import { setProjectLimits } from "./set-project-limits";

const none: OwnLimits = perResource(() => null);

function limit(world: World, limits: Partial<OwnLimits>, leaseDays: number | null = null) {
  const input = { projectId: world.project, limits: { ...none, ...limits }, leaseDays };
  return setProjectLimits(world.admin, input);
}

function newVm(world: World, differs: { memoryMib?: number; roomToGrow?: boolean } = {}) {
  return createVm(world.member, {
    projectId: world.project,
    name: "web",
    imageId: null,
    vcpus: 1,
    memoryMib: 1024,
    diskGib: 1,
    diskFormat: "qcow2",
    network: "default",
    firmware: "bios",
    ...differs,
  });
}

describe("getQuota", () => {
  it("is what everybody in the project sees: limits, use, and what tasks hold", async () => {
    const world = await makeWorld();
    await addVm(world);
    await addVm(world, { lifecycle: "creating", vcpus: 3 });
    await addImage(world, { state: "uploading", sizeBytes: BigInt(1024 ** 3) });
    await addImage(world, { state: "refused", sizeBytes: BigInt(1024 ** 4) });
    await addVm({ db: world.db, project: world.otherProject });
    const quota = await getQuota(world.viewer, { projectId: world.project });
    expect(quota.limits).toEqual(defaultLimits);
    expect(quota.used).toMatchObject({ vms: 2, vcpus: 5, diskGib: 20, images: 1, imageGib: 1 });
    expect(quota.reserved).toMatchObject({ vms: 1, vcpus: 3, images: 1, imageGib: 1 });
  });

  it("counts what virsh has made larger", async () => {
    const world = await makeWorld();
    const row = await addVm(world, { maxMemoryKib: 2 * KIB_PER_GIB });
    const live = liveVm(row);
    world.host.set({ ...live, next: { ...live.next, maxMemoryKib: 8 * KIB_PER_GIB } });
    const quota = await getQuota(world.member, { projectId: world.project });
    expect(quota.used.memoryMib).toBe(8192);
  });
});

describe("a disk that outlived its VM", () => {
  it("goes on counting, and a VM that would be too much with it is refused", async () => {
    const world = await makeWorld();
    await limit(world, { diskGib: 10 });
    const kept = await addKeptDisk(world);
    await addKeptDisk({ db: world.db, project: world.otherProject });
    const { used } = await getQuota(world.viewer, { projectId: world.project });
    expect(used).toMatchObject({ vms: 0, diskGib: 10 });
    await expect(newVm(world)).rejects.toMatchObject({
      code: "quota.exceeded",
      details: { resource: "diskGib", limit: 10, used: 10, asked: 1 },
    });
    await world.db.disk.delete({ where: { id: kept.id } });
    await newVm(world);
  });
});

describe("memory", () => {
  it("counts with the room to grow, and without it where none is wanted", async () => {
    const world = await makeWorld();
    await limit(world, { memoryMib: 1536 });
    await expect(newVm(world)).rejects.toMatchObject({
      code: "quota.exceeded",
      details: { resource: "memoryMib", asked: 2048 },
    });
    const { vmId } = await newVm(world, { roomToGrow: false });
    const row = await world.db.vm.findUniqueOrThrow({ where: { id: vmId } });
    expect(row).toMatchObject({ memoryKib: KIB_PER_GIB, maxMemoryKib: KIB_PER_GIB });
  });

  it("that a running guest may take already is not asked for again", async () => {
    const world = await makeWorld();
    const row = await addVm(world, { maxMemoryKib: 2 * KIB_PER_GIB });
    const live = liveVm(row);
    world.host.set(live);
    await limit(world, { memoryMib: 2048 });
    const seen = { live: live.live, next: live.next };
    const ask = (memoryMib: number) =>
      resizeVm(world.member, { vmId: row.id, vcpus: 2, memoryMib, seen });
    // Beyond the ceiling: refused by the quota. Below it: only the fake host cannot do it.
    await expect(ask(2049)).rejects.toMatchObject({
      code: "quota.exceeded",
      details: { resource: "memoryMib" },
    });
    await expect(ask(2048)).rejects.not.toMatchObject({ code: "quota.exceeded" });
  });
});

describe("a live resize beyond the quota", () => {
  it("is refused by one of two at the same time, and what is there stays counted", async () => {
    const world = await makeWorld();
    await limit(world, { vcpus: 5 });
    const rows = [await addVm(world), await addVm(world)];
    for (const row of rows) world.host.set(liveVm(row));
    const before = await everything(world.db);
    const results = await Promise.allSettled(
      rows.map((row) => {
        const { live, next } = liveVm(row);
        return resizeVm(world.member, {
          vmId: row.id,
          vcpus: 3,
          memoryMib: 1024,
          seen: { live, next },
        });
      }),
    );
    const codes = results.map((each) =>
      each.status === "rejected" ? (each.reason as { code?: string }).code : "done",
    );
    // The other came through the quota, and then the fake host could not do it.
    expect(codes.filter((code) => code === "quota.exceeded")).toHaveLength(1);
    expect(await everything(world.db)).toEqual(before);
  });
});

describe("setProjectLimits", () => {
  it("below what is used takes nothing away and lets nothing be added", async () => {
    const world = await makeWorld();
    await addVm(world);
    await addVm(world);
    const before = await world.db.vm.findMany();
    const { quota, own } = await limit(world, { vms: 1 });
    expect(own).toEqual({ ...none, vms: 1 });
    expect(quota.used.vms).toBe(2);
    expect(await world.db.vm.findMany()).toEqual(before);
    await expect(newVm(world)).rejects.toMatchObject({ code: "quota.exceeded" });
    await limit(world, {});
    await newVm(world);
  });

  it("says in the audit what it was and what it is", async () => {
    const world = await makeWorld();
    await limit(world, { vms: 5, imageGib: 7 }, 30);
    await limit(world, { vms: 6, imageGib: 7 });
    const rows = await world.db.auditEvent.findMany({
      where: { action: "project.set_limits" },
      orderBy: { at: "asc" },
    });
    expect(rows.map((row) => JSON.parse(row.detail))).toEqual([
      {
        vms: 5,
        vmsBefore: null,
        imageGib: 7,
        imageGibBefore: null,
        leaseDays: 30,
        leaseDaysBefore: null,
      },
      { vms: 6, vmsBefore: 5, leaseDays: null, leaseDaysBefore: 30 },
    ]);
    expect(rows[0]).toMatchObject({ projectId: world.project, targetName: "one", outcome: "ok" });
  });

  it.each(["viewer", "member", "owner", "auditor"] as const)("is not for a %s", async (role) => {
    const world = await makeWorld();
    const before = await world.db.project.findMany();
    const input = { projectId: world.project, limits: none, leaseDays: 1 };
    await expect(setProjectLimits(world[role], input)).rejects.toMatchObject({
      code: "auth.forbidden",
    });
    await expect(setProjectLimits(world.outsider, input)).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await world.db.project.findMany()).toEqual(before);
  });

  it.each([
    ["a negative limit", { limits: { ...none, vms: -1 }, leaseDays: null }],
    ["half a VM", { limits: { ...none, vms: 1.5 }, leaseDays: null }],
    ["a limit beyond every sum", { limits: { ...none, diskGib: 2 ** 53 }, leaseDays: null }],
    ["a text", { limits: { ...none, vcpus: "8" }, leaseDays: null }],
    ["a lease of no day", { limits: none, leaseDays: 0 }],
    ["a limit left out", { limits: { ...none, images: undefined }, leaseDays: null }],
  ])("takes no %s", (_what, input) => {
    expect(projectLimitsSchema.safeParse({ projectId: "p", ...input }).success).toBe(false);
  });

  it("smuggles nothing else into the project's row", () => {
    const input = { projectId: "p", limits: { ...none, slug: "x" }, leaseDays: null, name: "x" };
    expect(projectLimitsSchema.parse(input)).toEqual({
      projectId: "p",
      limits: none,
      leaseDays: null,
    });
  });
});

describe("hostOvercommit", () => {
  it("holds what there is against what runs, what is defined and what is promised", async () => {
    const world = await makeWorld();
    await limit(world, { vcpus: 10, memoryMib: 1024, diskGib: 5 });
    const on = await addVm(world);
    const off = await addVm(world);
    await addKeptDisk(world);
    world.host.set(liveVm(on));
    world.host.set(liveVm(off, { bootId: null, state: "off" }));
    const report = await hostOvercommit(world.auditor);
    expect(report.hosts).toEqual([
      {
        hostId: "local",
        name: "local",
        vcpus: { physical: 8, running: 2, defined: 4 },
        memoryMib: { physical: 32_768, running: 1024, defined: 4096 },
        diskGib: { physical: 1000, running: 500, defined: 30 },
      },
    ]);
    expect(report.promised).toEqual({
      projects: 2,
      vcpus: 10 + defaultLimits.vcpus,
      memoryMib: 1024 + defaultLimits.memoryMib,
      diskGib: 5 + defaultLimits.diskGib,
    });
  });
});

it("who can raise the limits is told by name, and never by address", async () => {
  const world = await makeWorld();
  expect(await quotaContacts(world.viewer, { projectId: world.project })).toEqual(["admin"]);
  await world.db.user.update({
    where: { id: world.admin.actor.userId },
    data: { disabledAt: new Date() },
  });
  expect(await quotaContacts(world.viewer, { projectId: world.project })).toEqual([]);
});
