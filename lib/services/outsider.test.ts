import { describe, expect, it } from "vitest";
import { can } from "@/lib/policies/can";
import type { Context } from "./context";
import { hostNotices } from "./host/host-notice";
import { listNetworks } from "./network/list-networks";
import { listProjects } from "./project/list-projects";
import { liveNic } from "./testing/live-nic";
import { liveVm } from "./testing/live-vm";
import { type Ids, populate } from "./testing/populate";
import type { Call } from "./testing/use-case";
import { installationUseCases, isWrite, useCases } from "./testing/use-cases";
import { addVm, everything, makeWorld } from "./testing/world";

async function outcome(call: Call, ctx: Context, ids: Ids): Promise<unknown> {
  return (async () => call(ctx, ids))().catch((error: unknown) => error);
}

/** What is asked of a running guest or its host, which here can only be looked at. */
const needsGuest = [
  "see inside a guest",
  "see a guest's memory",
  "see a VM's processors",
  "see what a VM is bound to",
  "see what other settings of a disk would do",
  "see how a VM is tuned",
  "see a VM as a process",
  "see a picture of a screen",
];
const refused = expect.stringMatching(/^(auth\.|not_found)/);

describe("an outsider", () => {
  it.each(useCases)("cannot %s: not found, and nothing moves", async (_name, _permission, call) => {
    const world = await makeWorld();
    const ids = await populate(world);
    const before = await everything(world.db);
    expect(await outcome(call, world.outsider, ids)).toMatchObject({ code: "not_found" });
    expect(await everything(world.db)).toEqual(before);
    expect(await world.db.auditEvent.count({ where: { outcome: "ok" } })).toBe(0);
  });

  it("sees only its own project", async () => {
    const world = await makeWorld();
    expect((await listProjects(world.outsider)).map((each) => each.slug)).toEqual(["two"]);
    expect((await listProjects(world.admin)).map((each) => each.slug)).toEqual(["one", "two"]);
  });

  it("learns no neighbour's address from the network it shares", async () => {
    const world = await makeWorld();
    const own = await addVm({ db: world.db, project: world.otherProject });
    const theirs = await addVm(world);
    world.host.set(liveVm(own, { nics: [liveNic("52:54:00:00:00:01")] }));
    world.host.set(liveVm(theirs, { nics: [liveNic("52:54:00:00:00:02")] }));
    const lease = (mac: string, address: string) => ({
      mac,
      address,
      hostname: "h",
      expiresAt: null,
    });
    world.host.networks = world.host.networks.map((network) => ({
      ...network,
      leases: [lease("52:54:00:00:00:01", "10.0.0.1"), lease("52:54:00:00:00:02", "10.0.0.2")],
    }));
    const [network] = await listNetworks(world.outsider, { projectId: world.otherProject });
    expect(network?.leases.map((each) => each.address)).toEqual(["10.0.0.1"]);
  });
});

/** Ids of single things, of which the call notes those that it takes. */
function watched(ids: Ids): { ids: Ids; named: Set<string> } {
  const named = new Set<string>();
  const handler: ProxyHandler<Ids> = {
    get(target, name) {
      if (name !== "projectId" && typeof name === "string" && name.endsWith("Id")) named.add(name);
      return Reflect.get(target, name);
    },
  };
  return { ids: new Proxy(ids, handler), named };
}

describe("what was deleted", () => {
  it.each(["owner", "admin"] as const)("is not found by its old id, for the %s", async (role) => {
    const world = await makeWorld();
    const ids = await populate(world);
    const { db } = world;
    // The guest itself may still be there for a moment: nobody gets to it.
    await db.disk.deleteMany();
    await db.vm.deleteMany();
    await db.image.deleteMany();
    await db.backup.deleteMany();
    await db.recording.deleteMany();
    await db.task.deleteMany();
    await db.apiToken.deleteMany();
    await db.invitation.deleteMany();
    await db.membership.deleteMany({ where: { userId: ids.userId } });
    const before = await everything(db);
    const asked = new Set<string>();
    for (const [name, , call] of useCases) {
      // What a call names shows when an outsider makes it, for whom nothing moves.
      const { ids: given, named } = watched(ids);
      await outcome(call, world.outsider, given);
      if (named.size === 0) continue;
      expect(await outcome(call, world[role], ids), name).toMatchObject({ code: "not_found" });
      asked.add(name);
    }
    expect([...asked]).toEqual(expect.arrayContaining(["open a console", "see a disk", "insert"]));
    expect(await everything(db)).toEqual(before);
  });
});

describe.each(["viewer", "member", "owner", "auditor"] as const)("a project's %s", (role) => {
  it("is refused what the table does not give, and nothing moves", async () => {
    const world = await makeWorld();
    const ids = await populate(world);
    const before = await everything(world.db);
    const ctx = world[role];
    for (const [name, permission, call] of useCases) {
      if (can(ctx.actor, permission, world.project)) continue;
      expect(await outcome(call, ctx, ids), name).toMatchObject({ code: "auth.forbidden" });
    }
    expect(await everything(world.db)).toEqual(before);
  });

  it("may look at what the table gives", async () => {
    const world = await makeWorld();
    const ids = await populate(world);
    const ctx = world[role];
    for (const [name, permission, call] of useCases) {
      if (isWrite(permission) || !can(ctx.actor, permission, world.project)) continue;
      const seen = await outcome(call, ctx, ids);
      // Nobody is inside this guest and its host runs no process: that is all that is in the way.
      if (needsGuest.includes(name)) expect(seen, name).not.toMatchObject({ code: refused });
      else expect(seen, name).not.toBeInstanceOf(Error);
    }
  });
});

it.each(useCases.filter(([, permission]) => permission === "member.manage"))(
  "an owner may %s",
  async (_name, _permission, call) => {
    const world = await makeWorld();
    const ids = await populate(world);
    expect(await outcome(call, world.owner, ids)).not.toBeInstanceOf(Error);
  },
);

describe("what belongs to the installation", () => {
  it.each(installationUseCases)("%s: for no member", async (_name, permission, call) => {
    const world = await makeWorld();
    const ids = await populate(world);
    expect(await outcome(call, world.owner, ids)).toMatchObject({ code: "auth.forbidden" });
    expect(await world.db.auditEvent.count()).toBe(0);
    if (isWrite(permission)) {
      expect(await outcome(call, world.auditor, ids)).toMatchObject({ code: "auth.forbidden" });
    } else {
      expect(await outcome(call, world.auditor, ids)).not.toBeInstanceOf(Error);
    }
    expect(await outcome(call, world.admin, ids)).not.toBeInstanceOf(Error);
  });

  it("a host's paths and errors are not in what members get", async () => {
    const world = await makeWorld();
    world.host.connection = "unreachable";
    const [shown] = await hostNotices(world.member);
    expect(shown).toMatchObject({ connection: "unreachable", connectionError: null });
    expect(JSON.stringify(shown)).not.toMatch(/\/dev|socket/);
    const [full] = await hostNotices(world.admin);
    expect(full?.connectionError).toContain("socket");
  });
});
