import { describe, expect, it } from "vitest";
import { oidcRolesSchema } from "@/lib/model/oidc-roles";
import { addPerson, addProject, makeWorld, type World } from "@/lib/services/testing/world";
import { grantedRoles } from "./granted-roles";
import { syncRoles } from "./sync-roles";

const mapping = oidcRolesSchema.parse(
  '{"ops":"admin","audit":"auditor","web":["one:member","two:viewer"],"lead":"one:owner","x":"gone:owner"}',
);

/** What the groups make of a person; returns his rights and roles by project. */
async function sync(world: World, userId: string, groups: string[]) {
  await world.db.$transaction(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    await syncRoles({ ...world.admin, db: tx }, user, grantedRoles(groups, mapping));
  });
  const user = await world.db.user.findUniqueOrThrow({
    where: { id: userId },
    include: { memberships: { include: { project: true } } },
  });
  return {
    isAdmin: user.isAdmin,
    isAuditor: user.isAuditor,
    roles: Object.fromEntries(user.memberships.map((each) => [each.project.slug, each.role])),
  };
}

async function stranger(
  world: World,
  roles: Record<string, "viewer"> = {},
  rights: { isAuditor?: boolean } = {},
): Promise<string> {
  return (await addPerson(world.db, world.hosts, "stranger", roles, rights)).actor.userId;
}

describe("groups give roles", () => {
  it("all of them together: the strongest of a project, and administrator before auditor", async () => {
    const world = await makeWorld();
    const userId = await stranger(world);
    expect(await sync(world, userId, ["web", "lead", "audit", "unknown", "x"])).toEqual({
      isAdmin: false,
      isAuditor: true,
      roles: { one: "owner", two: "viewer" },
    });
    expect(await sync(world, userId, ["ops", "audit"])).toEqual({
      isAdmin: true,
      isAuditor: false,
      roles: {},
    });
  });

  it("and take them away, lower and raise them", async () => {
    const world = await makeWorld();
    const userId = await stranger(world);
    await sync(world, userId, ["lead", "ops"]);
    expect(await sync(world, userId, ["web"])).toEqual({
      isAdmin: false,
      isAuditor: false,
      roles: { one: "member", two: "viewer" },
    });
    expect(await sync(world, userId, [])).toMatchObject({ roles: {} });
  });
});

describe("what was given by hand stays", () => {
  it("a role in a project, whatever the groups say", async () => {
    const world = await makeWorld();
    const userId = await stranger(world, { [world.project]: "viewer" });
    expect((await sync(world, userId, ["lead"])).roles).toEqual({ one: "viewer" });
    expect((await sync(world, userId, [])).roles).toEqual({ one: "viewer" });
  });

  it("a role that the groups gave and somebody then changed", async () => {
    const world = await makeWorld();
    const userId = await stranger(world);
    await sync(world, userId, ["web"]);
    await world.db.membership.updateMany({
      where: { userId, projectId: world.project },
      data: { role: "owner" },
    });
    expect((await sync(world, userId, ["web"])).roles).toEqual({ one: "owner", two: "viewer" });
    expect((await sync(world, userId, [])).roles).toEqual({ one: "owner" });
  });

  it("a right in the installation", async () => {
    const world = await makeWorld();
    const userId = await stranger(world, {}, { isAuditor: true });
    expect(await sync(world, userId, ["ops"])).toMatchObject({ isAdmin: false, isAuditor: true });
    expect(await sync(world, userId, [])).toMatchObject({ isAuditor: true });
  });

  it("the last administrator, even when the groups no longer say so", async () => {
    const world = await makeWorld();
    const userId = await stranger(world);
    await sync(world, userId, ["ops"]);
    await world.db.user.update({
      where: { id: world.admin.actor.userId },
      data: { disabledAt: new Date() },
    });
    expect(await sync(world, userId, [])).toMatchObject({ isAdmin: true });
    await world.db.user.update({
      where: { id: world.admin.actor.userId },
      data: { disabledAt: null },
    });
    expect(await sync(world, userId, [])).toMatchObject({ isAdmin: false });
  });
});

it("nothing is written when nothing changes", async () => {
  const world = await makeWorld();
  await addProject(world.db, "three");
  const userId = await stranger(world);
  await sync(world, userId, ["web", "audit"]);
  const before = await world.db.auditEvent.count();
  expect(before).toBe(3);
  await sync(world, userId, ["web", "audit"]);
  expect(await world.db.auditEvent.count()).toBe(before);
});
