import { expect, it } from "vitest";
import { createSnapshot } from "../snapshot/create-snapshot";
import { liveVm } from "../testing/live-vm";
import { silentLog } from "../testing/silent-log";
import { liveDisk } from "../testing/snapshots";
import { addVm, makeWorld } from "../testing/world";
import { saveVm } from "../vm/save-vm";
import { freezeGuest } from "./freeze-guest";
import { getFreeze } from "./get-freeze";
import { thawGuest } from "./thaw-guest";
import { thawOverdue } from "./thaw-overdue";

it("a guest that is off, or without an agent, is not asked, and the log says so", async () => {
  const world = await makeWorld();
  const vm = await addVm(world);
  const cases = [
    [{ state: "off", bootId: null, agentConnected: false }, "guest.is_off"],
    [{ agentConnected: false }, "guest.no_agent"],
  ] as const;
  for (const [change, key] of cases) {
    world.host.set(liveVm(vm, change));
    const refusal = { code: "vm.bad_state", userMessage: { key } };
    const asked = { vmId: vm.id, seconds: 60 };
    await expect(freezeGuest(world.member, asked)).rejects.toMatchObject(refusal);
    await expect(thawGuest(world.member, asked)).rejects.toMatchObject(refusal);
  }
  expect(await world.db.guestFreeze.count()).toBe(0);
  const rows = await world.db.auditEvent.findMany({ where: { outcome: "failed" } });
  expect(rows.map(({ action }) => action).sort()).toEqual([
    "vm.guest_freeze",
    "vm.guest_freeze",
    "vm.guest_thaw",
    "vm.guest_thaw",
  ]);
});

it("frozen is frozen until its time, and only in the start that was frozen", async () => {
  const world = await makeWorld();
  const vm = await addVm(world);
  const live = liveVm(vm, { agentConnected: true });
  world.host.set(live);
  const until = new Date("2030-01-01T00:00:00Z");
  await world.db.guestFreeze.create({ data: { vmId: vm.id, bootId: live.bootId ?? "", until } });
  const seen = () => getFreeze(world.viewer, { vmId: vm.id });
  expect(await seen()).toEqual({ vmId: vm.id, until: until.toISOString() });
  await expect(freezeGuest(world.member, { vmId: vm.id, seconds: 5 })).rejects.toMatchObject({
    code: "conflict.rule",
    userMessage: { key: "guest.is_frozen" },
  });
  world.host.set(liveVm(vm, { agentConnected: true, bootId: "another" }));
  expect(await seen()).toEqual({ vmId: vm.id, until: null });
});

it("a freeze that fails half-way is due at once, and tried again until it is thawed", async () => {
  const world = await makeWorld();
  const vm = await addVm(world);
  world.host.set(liveVm(vm, { agentConnected: true }));
  // No libvirt is behind this host: neither freezing nor thawing gets through.
  await expect(freezeGuest(world.member, { vmId: vm.id, seconds: 600 })).rejects.toThrow();
  const clock = () => new Date(world.member.clock().getTime() + 1);
  const sweep = () => thawOverdue({ db: world.db, hosts: world.hosts, log: silentLog, clock });
  await sweep();
  expect(await world.db.guestFreeze.count()).toBe(1);
  world.host.set(liveVm(vm, { state: "off", bootId: null }));
  await sweep();
  expect(await world.db.guestFreeze.count()).toBe(0);
});

it("the memory of a frozen guest is not kept: it would come back frozen for good", async () => {
  const world = await makeWorld();
  const vm = await addVm(world);
  const live = liveVm(vm, { agentConnected: true });
  const disks = [liveDisk(live, { format: "qcow2" })];
  world.host.set({ ...live, disks, nextDisks: disks });
  const until = new Date(Date.now() + 60_000);
  await world.db.guestFreeze.create({ data: { vmId: vm.id, bootId: live.bootId ?? "", until } });
  const refusal = { code: "vm.bad_state", userMessage: { key: "guest.kept_frozen" } };
  const snapshot = { vmId: vm.id, name: "one", description: "" };
  await expect(saveVm(world.member, { vmId: vm.id })).rejects.toMatchObject(refusal);
  await expect(createSnapshot(world.member, snapshot)).rejects.toMatchObject(refusal);
  expect(await world.db.task.count()).toBe(0);
  await world.db.guestFreeze.updateMany({ data: { bootId: "another" } });
  await saveVm(world.member, { vmId: vm.id });
});

it("what is not due is left alone, and what belongs to no VM is forgotten", async () => {
  const world = await makeWorld();
  const vm = await addVm(world);
  const live = liveVm(vm);
  world.host.set(live);
  const bootId = live.bootId ?? "";
  const at = world.member.clock().getTime();
  await world.db.guestFreeze.createMany({
    data: [
      { vmId: vm.id, bootId, until: new Date(at + 60_000) },
      { vmId: "deleted", bootId, until: new Date(at - 1) },
    ],
  });
  const clock = () => new Date(at);
  await thawOverdue({ db: world.db, hosts: world.hosts, log: silentLog, clock });
  const left = await world.db.guestFreeze.findMany();
  expect(left.map(({ vmId }) => vmId)).toEqual([vm.id]);
});
