import { describe, expect, it } from "vitest";
import { redeemTicket } from "@/lib/console/ticket";
import { defaultLimits } from "@/lib/model/quota";
import { liveVm } from "../testing/live-vm";
import { addVm, everything, makeWorld, type World } from "../testing/world";
import { deleteVm } from "./delete-vm";
import { enqueueDeletion } from "./enqueue-deletion";
import { openConsole } from "./open-console";
import { powerVm } from "./power-vm";
import { resizeVm } from "./resize-vm";
import { updateVm } from "./update-vm";

async function running(world: World, data: Parameters<typeof liveVm>[1] = {}) {
  const row = await addVm(world);
  const live = liveVm(row, data);
  world.host.set(live);
  return { row, live, seen: { live: live.live, next: live.next } };
}

describe("powerVm", () => {
  it("says which verb helps, and does nothing", async () => {
    const world = await makeWorld();
    const off = await running(world, { state: "off", bootId: null });
    await expect(powerVm(world.member, { vmId: off.row.id, verb: "reboot" })).rejects.toMatchObject(
      { code: "vm.bad_state", userMessage: { key: "vm.first_start" } },
    );
    const paused = await running(world, { state: "paused" });
    await expect(
      powerVm(world.member, { vmId: paused.row.id, verb: "shutdown" }),
    ).rejects.toMatchObject({ userMessage: { key: "vm.first_resume" } });
    expect(await world.db.auditEvent.count()).toBe(0);
  });

  it.each([
    ["creating", "vm.is_creating"],
    ["deleting", "vm.is_deleting"],
  ])("refuses a VM that is %s", async (lifecycle, key) => {
    const world = await makeWorld();
    const row = await addVm(world, { lifecycle });
    world.host.set(liveVm(row));
    await expect(powerVm(world.member, { vmId: row.id, verb: "reset" })).rejects.toMatchObject({
      code: "vm.bad_state",
      userMessage: { key },
    });
  });

  it("says that the host is away, or that libvirt lost the VM", async () => {
    const world = await makeWorld();
    const row = await addVm(world);
    const start = () => powerVm(world.member, { vmId: row.id, verb: "start" });
    await expect(start()).rejects.toMatchObject({ userMessage: { key: "vm.is_missing" } });
    world.host.connection = "unreachable";
    await expect(start()).rejects.toMatchObject({ code: "host.unreachable" });
  });
});

describe("deleteVm", () => {
  it("wants the name, typed exactly", async () => {
    const world = await makeWorld();
    const { row } = await running(world);
    const before = await everything(world.db);
    for (const confirmName of ["", "VM", row.name.toUpperCase(), `${row.name}x`]) {
      await expect(
        deleteVm(world.member, { vmId: row.id, confirmName, keepDisks: false }),
      ).rejects.toMatchObject({ fields: { confirmName: { key: "field.confirm_name" } } });
    }
    expect(await everything(world.db)).toEqual(before);
  });

  it("is enqueued once, however often it is asked at the same time", async () => {
    const world = await makeWorld();
    const { row } = await running(world);
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        deleteVm(world.member, { vmId: row.id, confirmName: row.name, keepDisks: false }),
      ),
    );
    expect(results.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    expect(await world.db.task.count()).toBe(1);
    const vm = await world.db.vm.findUniqueOrThrow({ where: { id: row.id } });
    expect(vm.lifecycle).toBe("deleting");
  });

  it("is refused while the VM is locked, and when it is locked at the last moment", async () => {
    const world = await makeWorld();
    const { row } = await running(world);
    const input = { vmId: row.id, confirmName: row.name, keepDisks: false };
    const refused = { code: "conflict.rule", userMessage: { key: "vm.is_locked" } };
    expect(await updateVm(world.member, { vmId: row.id, locked: true })).toMatchObject({
      locked: true,
    });
    await expect(deleteVm(world.member, input)).rejects.toMatchObject(refused);
    const nobody = { userId: "", name: "x" };
    const late = await world.db.$transaction((tx) =>
      enqueueDeletion(tx, world.member, { vm: row, keepDisks: false, actor: nobody }),
    );
    expect(late).toBeNull();
    expect(await world.db.task.count()).toBe(0);
    await updateVm(world.member, { vmId: row.id, locked: false });
    expect(await deleteVm(world.member, input)).toMatchObject({ taskId: expect.any(String) });
    await expect(updateVm(world.member, { vmId: row.id, locked: true })).rejects.toMatchObject({
      userMessage: { key: "vm.is_deleting" },
    });
    const told = await world.db.auditEvent.findMany({ orderBy: { seq: "asc" } });
    expect(told.map((each) => each.action)).toEqual(["vm.lock", "vm.unlock", "vm.delete"]);
  });

  it("works for a VM that libvirt has lost, and is refused while its host is away", async () => {
    const world = await makeWorld();
    const row = await addVm(world);
    const input = { vmId: row.id, confirmName: row.name, keepDisks: false };
    world.host.connection = "unreachable";
    await expect(deleteVm(world.member, input)).rejects.toMatchObject({ code: "host.unreachable" });
    world.host.connection = "connected";
    expect(await deleteVm(world.member, input)).toMatchObject({ taskId: expect.any(String) });
  });
});

describe("resizeVm", () => {
  it("is stale when the sizes are not those that the page showed", async () => {
    const world = await makeWorld();
    const { row, seen } = await running(world);
    const before = await everything(world.db);
    const old = { ...seen, live: { ...seen.live, vcpus: 1 } };
    await expect(
      resizeVm(world.member, { vmId: row.id, vcpus: 3, memoryMib: 1024, seen: old }),
    ).rejects.toMatchObject({ code: "conflict.stale" });
    expect(await everything(world.db)).toEqual(before);
  });

  it("is refused by the plan that the page shows, before anything is reserved", async () => {
    const world = await makeWorld();
    const { row, seen } = await running(world);
    const before = await everything(world.db);
    await expect(
      resizeVm(world.member, { vmId: row.id, vcpus: 33, memoryMib: 1024, seen }),
    ).rejects.toMatchObject({
      code: "vm.bad_state",
      details: { field: "vcpus", reasonKey: "resize.vcpus.above_host" },
    });
    expect(await everything(world.db)).toEqual(before);
  });

  it("beyond the quota is refused, and what is there stays counted", async () => {
    const world = await makeWorld();
    await addVm(world, { vcpus: defaultLimits.vcpus - 3 });
    const { row, seen } = await running(world);
    const before = await everything(world.db);
    await expect(
      resizeVm(world.member, { vmId: row.id, vcpus: 4, memoryMib: 1024, seen }),
    ).rejects.toMatchObject({ code: "quota.exceeded", details: { resource: "vcpus" } });
    expect(await everything(world.db)).toEqual(before);
  });

  it("whose call fails gives the reserved quota back", async () => {
    const world = await makeWorld();
    const { row, seen } = await running(world);
    // The inventory of a fake host can be read; to change something it is not connected.
    await expect(
      resizeVm(world.member, { vmId: row.id, vcpus: 3, memoryMib: 2048, seen }),
    ).rejects.toThrow();
    const after = await world.db.vm.findUniqueOrThrow({ where: { id: row.id } });
    expect(after).toMatchObject({ vcpus: row.vcpus, memoryKib: row.memoryKib });
    const audit = await world.db.auditEvent.findFirstOrThrow();
    expect(audit).toMatchObject({ action: "vm.resize", outcome: "failed" });
  });
});

describe("openConsole", () => {
  it("gives a ticket for this start of the guest, this session, once", async () => {
    const world = await makeWorld();
    const { row } = await running(world, { bootId: "boot-7" });
    const { ticket, path } = await openConsole(world.member, { vmId: row.id });
    expect(path).toBe("/console");
    expect(await redeemTicket(world.db, world.owner.actor, ticket)).toBeNull();
    expect(await redeemTicket(world.db, world.member.actor, ticket)).toMatchObject({
      vmId: row.id,
      bootId: "boot-7",
    });
    expect(await redeemTicket(world.db, world.member.actor, ticket)).toBeNull();
    const rows = JSON.stringify(await world.db.auditEvent.findMany());
    expect(rows).toContain("vm.open_console");
    expect(rows).not.toContain(ticket);
  });

  it("asked for ahead it is as good, and only what it opens is a row of the record", async () => {
    const world = await makeWorld();
    const { row } = await running(world, { bootId: "boot-7" });
    const before = await world.db.auditEvent.count();
    const { ticket } = await openConsole(world.member, { vmId: row.id, ahead: true });
    expect(await world.db.auditEvent.count()).toBe(before);
    expect(await redeemTicket(world.db, world.member.actor, ticket)).not.toBeNull();
  });

  it("is refused for a guest that is off", async () => {
    const world = await makeWorld();
    const { row } = await running(world, { state: "off", bootId: null });
    await expect(openConsole(world.member, { vmId: row.id })).rejects.toMatchObject({
      userMessage: { key: "vm.no_console" },
    });
    expect(await world.db.consoleTicket.count()).toBe(0);
  });
});
