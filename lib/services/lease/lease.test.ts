import { describe, expect, it } from "vitest";
import type { Vm } from "@/lib/db/generated/client";
import type { Mail } from "@/lib/mail/mailer";
import type { Context } from "../context";
import { liveVm } from "../testing/live-vm";
import { silentLog } from "../testing/silent-log";
import { addVm, everything, makeWorld, type World } from "../testing/world";
import { createVm } from "../vm/create-vm";
import { powerVm } from "../vm/power-vm";
import { updateVm } from "../vm/update-vm";
import { extendLease } from "./extend-lease";
import { setLease } from "./set-lease";
import { type LeaseDeps, sweepLeases } from "./sweep-leases";

const day = 24 * 3_600_000;
// In the night in which European clocks go forward.
const end = new Date("2030-03-31T01:30:00+01:00");
const at = (days: number) => new Date(end.getTime() + days * day);

/** A world with a lease of ten days whose time stands still until it is set. */
async function leased(data: Partial<Vm> = { leaseEndsAt: end }) {
  const world = await makeWorld();
  await world.db.project.update({ where: { id: world.project }, data: { leaseDays: 10 } });
  const vm = await addVm(world, data);
  world.host.set(liveVm(vm));
  const clock = { now: at(-10) };
  const mails: Mail[] = [];
  const deps: LeaseDeps = {
    db: world.db,
    hosts: world.hosts,
    log: silentLog,
    clock: () => clock.now,
    mail: {
      origin: "https://cloud.example.org",
      async send(mail) {
        mails.push(mail);
      },
    },
  };
  const sweep = async (days: number) => {
    clock.now = at(days);
    await sweepLeases(deps);
  };
  const as = (ctx: Context): Context => ({ ...ctx, clock: () => clock.now });
  const row = () => world.db.vm.findUniqueOrThrow({ where: { id: vm.id } });
  return { world, vm, clock, mails, deps, sweep, as, row };
}

async function actions(world: World): Promise<string[]> {
  const rows = await world.db.auditEvent.findMany({ orderBy: { seq: "asc" } });
  return rows.map((each) => `${each.action} by ${each.actorName}`);
}

async function taskKinds(world: World): Promise<string[]> {
  return (await world.db.task.findMany({ orderBy: { createdAt: "asc" } })).map((each) => each.kind);
}

describe("the sweep", () => {
  it("tells, shuts down and deletes, each once, however often it comes by", async () => {
    const { world, mails, sweep, row } = await leased();
    for (const days of [-10, -3.1]) await sweep(days);
    expect(await actions(world)).toEqual([]);
    for (const days of [-3, -2.9, -0.001]) await sweep(days);
    expect(await actions(world)).toEqual(["vm.notice_lease by lease"]);
    expect(mails).toHaveLength(2);
    for (const days of [0, 0.04, 6.9]) await sweep(days);
    expect(await taskKinds(world)).toEqual(["vm.end_lease"]);
    expect(await row()).toMatchObject({ lifecycle: "ready", leaseStoppedAt: at(0) });
    for (const days of [7, 7.1]) await sweep(days);
    expect(await taskKinds(world)).toEqual(["vm.end_lease", "vm.delete"]);
    expect((await row()).lifecycle).toBe("deleting");
    expect(await actions(world)).toEqual([
      "vm.notice_lease by lease",
      "vm.end_lease by lease",
      "vm.delete by lease",
    ]);
  });

  it("does nothing twice when the clock goes back and comes again", async () => {
    const { world, mails, sweep } = await leased();
    for (const days of [-3, -9, -3, 0, -9, -3, 0, 7, -9, 0, 7]) await sweep(days);
    expect(mails).toHaveLength(2);
    expect(await taskKinds(world)).toEqual(["vm.end_lease", "vm.delete"]);
    expect(await world.db.auditEvent.count()).toBe(3);
  });

  it("gives the whole grace to a VM whose portal slept over the end of its lease", async () => {
    const { world, sweep, row } = await leased();
    await sweep(30);
    expect(await taskKinds(world)).toEqual(["vm.end_lease"]);
    await sweep(36.9);
    expect((await row()).lifecycle).toBe("ready");
    await sweep(37);
    expect((await row()).lifecycle).toBe("deleting");
  });

  it("of two portals at the same moment does everything once", async () => {
    const { world, clock, deps, mails } = await leased();
    for (const days of [-3, 0, 7]) {
      clock.now = at(days);
      await Promise.all([sweepLeases(deps), sweepLeases(deps), sweepLeases(deps)]);
    }
    expect(mails).toHaveLength(2);
    expect(await taskKinds(world)).toEqual(["vm.end_lease", "vm.delete"]);
  });

  it("waits for a host that is away before it deletes: until then the VM can be rescued", async () => {
    const { world, sweep, as, vm, row } = await leased();
    await sweep(0);
    world.host.connection = "unreachable";
    await sweep(8);
    expect((await row()).lifecycle).toBe("ready");
    await extendLease(as(world.member), { vmId: vm.id });
    world.host.connection = "connected";
    await sweep(8);
    expect((await row()).lifecycle).toBe("ready");
  });

  it("shuts a locked VM down and does not delete it, until it is unlocked", async () => {
    const { world, sweep, as, vm, row } = await leased();
    await updateVm(as(world.member), { vmId: vm.id, locked: true });
    for (const days of [0, 7, 400]) await sweep(days);
    expect(await taskKinds(world)).toEqual(["vm.end_lease"]);
    expect(await row()).toMatchObject({ lifecycle: "ready", leaseStoppedAt: at(0) });
    const after = await updateVm(as(world.member), { vmId: vm.id, locked: false });
    expect(after.lease?.deletesAt).toBe(at(7).toISOString());
    await sweep(400);
    expect(await taskKinds(world)).toEqual(["vm.end_lease", "vm.delete"]);
  });

  it("does not repeat a deletion that has failed every minute", async () => {
    const { world, sweep } = await leased();
    await sweep(0);
    await sweep(7);
    await world.db.task.updateMany({ data: { state: "failed" } });
    await world.db.vm.updateMany({ data: { lifecycle: "ready" } });
    await sweep(7.01);
    expect(await taskKinds(world)).toHaveLength(2);
    await sweep(7.05);
    expect(await taskKinds(world)).toHaveLength(3);
  });

  it("leaves alone what has no lease, or is being made or deleted", async () => {
    const { world, sweep } = await leased({ leaseEndsAt: null });
    await addVm(world, { leaseEndsAt: end, lifecycle: "creating" });
    await addVm(world, { leaseEndsAt: end, lifecycle: "deleting" });
    const before = await everything(world.db);
    await sweep(100);
    expect(await everything(world.db)).toEqual(before);
  });

  it("mails who can extend, each in his language, with a link to the configured address", async () => {
    const { world, mails, sweep, vm } = await leased();
    const { userId } = world.owner.actor;
    await world.db.user.update({ where: { id: userId }, data: { locale: "zh-CN" } });
    await sweep(-1);
    const of = (ctx: Context) => mails.find((mail) => mail.to === ctx.actor.email);
    expect(of(world.member)?.text).toContain("Sunday, March 31, 2030 at 12:30:00 AM UTC");
    expect(of(world.member)?.text).toContain(`https://cloud.example.org/p/one/vms/${vm.id}`);
    expect(of(world.owner)?.subject).toContain("租期");
    expect(mails).toHaveLength(2);
  });

  it("goes on when the mail server does not take the mail, and does not try again", async () => {
    const { world, deps, clock } = await leased();
    let asked = 0;
    const send = async () => {
      asked += 1;
      throw new Error("554 no");
    };
    const broken = { ...deps, mail: { origin: "https://cloud.example.org", send } };
    for (const days of [-1, -0.9]) {
      clock.now = at(days);
      await sweepLeases(broken);
    }
    expect(asked).toBe(2);
    expect(await actions(world)).toEqual(["vm.notice_lease by lease"]);
  });
});

describe("a new VM", () => {
  const input = {
    name: "new",
    imageId: null,
    vcpus: 1,
    memoryMib: 512,
    diskGib: 1,
    diskFormat: "qcow2",
    network: "default",
    firmware: "bios",
  } as const;

  it("ends after its project's lease, and never where there is none", async () => {
    const { world, as } = await leased();
    const ask = async (ctx: Context, projectId: string) => {
      const { vmId } = await createVm(as(ctx), { ...input, projectId });
      return (await world.db.vm.findUniqueOrThrow({ where: { id: vmId } })).leaseEndsAt;
    };
    expect(await ask(world.member, world.project)).toEqual(at(0));
    expect(await ask(world.outsider, world.otherProject)).toBeNull();
  });
});

describe("extending", () => {
  it("rescues a VM within the grace, and the next lease is told anew", async () => {
    const { world, vm, as, sweep, row, mails } = await leased();
    await sweep(-1);
    await sweep(0);
    await sweep(5);
    const view = await extendLease(as(world.member), { vmId: vm.id });
    expect(view.lease).toEqual({
      endsAt: at(15).toISOString(),
      noticed: false,
      stoppedAt: null,
      deletesAt: null,
    });
    await sweep(7);
    expect((await row()).lifecycle).toBe("ready");
    await sweep(12.5);
    expect(mails).toHaveLength(4);
    expect(await actions(world)).toEqual([
      "vm.notice_lease by lease",
      "vm.end_lease by lease",
      "vm.extend_lease by member",
      "vm.notice_lease by lease",
    ]);
  });

  it.each([
    ["none", { leaseEndsAt: null }, 10],
    ["admin_only", { leaseEndsAt: end }, null],
    ["full", { leaseEndsAt: at(5) }, 10],
  ] as const)("is refused where there is nothing to extend: %s", async (reason, row, leaseDays) => {
    const { world, vm, as, clock } = await leased(row);
    clock.now = at(-6);
    await world.db.project.update({ where: { id: world.project }, data: { leaseDays } });
    const before = await everything(world.db);
    await expect(extendLease(as(world.member), { vmId: vm.id })).rejects.toMatchObject({
      code: "conflict.rule",
      userMessage: { key: `lease.${reason}` },
    });
    expect(await everything(world.db)).toEqual(before);
  });

  it("by two at the same moment counts once, and comes too late for a deletion", async () => {
    const { world, vm, as, clock, sweep, row } = await leased();
    clock.now = at(-1);
    const both = [world.member, world.owner].map((ctx) => extendLease(as(ctx), { vmId: vm.id }));
    const results = await Promise.allSettled(both);
    expect(results.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    expect((await row()).leaseEndsAt).toEqual(at(9));
    await sweep(9);
    await sweep(16);
    await expect(extendLease(as(world.member), { vmId: vm.id })).rejects.toMatchObject({
      code: "vm.bad_state",
    });
  });

  it("is not for a viewer, an auditor or an outsider", async () => {
    const { world, vm, as, row } = await leased();
    for (const role of ["viewer", "auditor", "outsider"] as const) {
      const code = role === "outsider" ? "not_found" : "auth.forbidden";
      await expect(extendLease(as(world[role]), { vmId: vm.id })).rejects.toMatchObject({ code });
    }
    expect((await row()).leaseEndsAt).toEqual(end);
  });
});

describe("an administrator", () => {
  it("gives one VM another end, or none, which rescues it too", async () => {
    const { world, vm, as, sweep, row } = await leased();
    await sweep(0);
    const view = await setLease(as(world.admin), { vmId: vm.id, endsAt: at(400).toISOString() });
    expect(view.lease).toMatchObject({ endsAt: at(400).toISOString(), stoppedAt: null });
    await setLease(as(world.admin), { vmId: vm.id, endsAt: null });
    await sweep(500);
    expect(await row()).toMatchObject({ lifecycle: "ready", leaseEndsAt: null });
    const audit = await world.db.auditEvent.findFirstOrThrow({
      where: { action: "vm.set_lease" },
      orderBy: { seq: "desc" },
    });
    expect(JSON.parse(audit.detail)).toEqual({
      endsAt: null,
      endsAtBefore: at(400).toISOString(),
    });
  });

  it.each([
    [0, "lease.past"],
    [4000, "lease.too_far"],
  ])("sets no end %i days from now", async (days, key) => {
    const { world, vm, as, clock } = await leased();
    clock.now = end;
    await expect(
      setLease(as(world.admin), { vmId: vm.id, endsAt: at(days).toISOString() }),
    ).rejects.toMatchObject({ code: "input.invalid", fields: { endsAt: { key } } });
  });

  it.each(["owner", "member", "auditor"] as const)("is not a %s", async (role) => {
    const { world, vm, as, row } = await leased();
    await expect(setLease(as(world[role]), { vmId: vm.id, endsAt: null })).rejects.toMatchObject({
      code: "auth.forbidden",
    });
    expect((await row()).leaseEndsAt).toEqual(end);
  });
});

it("a VM whose lease has ended can be forced off and cannot be started", async () => {
  const { world, vm, sweep, as } = await leased();
  await sweep(0);
  const row = await world.db.vm.findUniqueOrThrow({ where: { id: vm.id } });
  world.host.set(liveVm(row, { state: "off", bootId: null }));
  await expect(powerVm(as(world.admin), { vmId: vm.id, verb: "start" })).rejects.toMatchObject({
    code: "vm.bad_state",
    userMessage: { key: "lease.ended" },
  });
});
