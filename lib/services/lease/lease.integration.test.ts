import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { CrashLab, type Portal } from "@/lib/tasks/testing/crash-lab";
import { silentLog } from "../testing/silent-log";
import { powerVm } from "../vm/power-vm";
import { setAutostart } from "../vm/set-autostart";
import { extendLease } from "./extend-lease";
import { sweepLeases } from "./sweep-leases";

const day = 24 * 3_600_000;
const end = new Date("2030-03-31T00:00:00Z");
let lab: CrashLab;

beforeAll(async () => {
  lab = await CrashLab.start("lease");
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

/** A running guest whose lease ends at `end`; it has no system that would hear the ACPI button. */
async function leased() {
  const portal = await lab.startPortal();
  const { db, hosts, project } = portal.world;
  await db.project.update({ where: { id: project }, data: { leaseDays: 10 } });
  const vmId = await lab.created(portal);
  await db.vm.update({ where: { id: vmId }, data: { leaseEndsAt: end } });
  const sweep = (days: number) =>
    sweepLeases({
      db,
      hosts,
      mail: null,
      log: silentLog,
      clock: () => new Date(end.getTime() + days * day),
      shutdownMs: 200,
    });
  const domstate = async () => (await lab.peer.virsh(["domstate", `p-${vmId}`])).trim();
  return { portal, vmId, sweep, domstate };
}

async function allEnded({ world }: Portal) {
  await eventually("the end of the tasks", async () => {
    const open = await world.db.task.count({ where: { endedAt: null } });
    expect(open).toBe(0);
  });
  const failed = { where: { state: { not: "done" } } };
  expect(await world.db.task.findMany(failed)).toEqual([]);
}

it("a guest that does not listen is forced off at the end, and deleted after the grace", async () => {
  const { portal, vmId, sweep, domstate } = await leased();
  await setAutostart(portal.world.member, { vmId, autostart: true });
  await sweep(0);
  await allEnded(portal);
  expect(await domstate()).toBe("shut off");
  expect((await lab.peer.virsh(["list", "--all", "--autostart", "--name"])).trim()).toBe("");
  await sweep(6.9);
  expect(await lab.domains()).toHaveLength(1);
  await sweep(7);
  await allEnded(portal);
  await lab.expectNothingLeft(portal);
  const audit = await portal.world.db.auditEvent.findMany({ where: { actorName: "lease" } });
  expect(audit.map((each) => each.action)).toEqual(["vm.end_lease", "vm.delete"]);
});

it("extending while the guest is asked to shut down keeps it running", async () => {
  const { portal, vmId, sweep, domstate } = await leased();
  const { world } = portal;
  const asked = await lab.heldAt(portal, "vm.end_lease:shutdown:after");
  await sweep(0);
  await asked.reached;
  const member = { ...world.member, clock: () => end };
  await extendLease(member, { vmId });
  asked.release();
  await allEnded(portal);
  expect(await domstate()).toBe("running");
  await sweep(7);
  expect(await domstate()).toBe("running");
});

it("a VM that was rescued within the grace starts again", async () => {
  const { portal, vmId, sweep, domstate } = await leased();
  const { world } = portal;
  await sweep(0);
  await allEnded(portal);
  await expect(powerVm(world.member, { vmId, verb: "start" })).rejects.toMatchObject({
    userMessage: { key: "lease.ended" },
  });
  await extendLease({ ...world.member, clock: () => new Date(end.getTime() + 6 * day) }, { vmId });
  await powerVm(world.member, { vmId, verb: "start" });
  await sweep(7);
  expect(await domstate()).toBe("running");
});
