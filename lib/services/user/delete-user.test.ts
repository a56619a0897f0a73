import { describe, expect, it } from "vitest";
import { onSessionEnded } from "@/lib/auth/session-events";
import { newId } from "@/lib/db/id";
import { sessionIdOfToken } from "@/lib/policies/token-rights";
import { addPerson, addVm, makeWorld, type World } from "@/lib/services/testing/world";
import { type DeleteUserInput, deleteUser } from "./delete-user";
import { listHoldings } from "./list-holdings";
import { userRows } from "./testing/user-rows";

function deletion(ctx: World["owner"], differs: Partial<DeleteUserInput> = {}): DeleteUserInput {
  const { userId, email } = ctx.actor;
  return { userId, confirmEmail: email, owners: [], ...differs };
}

async function addToken(world: World, userId: string, projectId: string | null) {
  return world.db.apiToken.create({
    data: {
      id: newId(),
      tokenHash: newId(),
      hint: "h",
      name: projectId === null ? "personal" : "deploy",
      userId,
      projectId,
      scopes: "[]",
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
}

describe("deleting a user", () => {
  it("hands over the projects that he alone owns; VMs stay, and the log keeps his name", async () => {
    const world = await makeWorld();
    const { db, project, owner, member } = world;
    const vm = await addVm(world, { createdById: owner.actor.userId });
    const holdings = await listHoldings(world.admin, { userId: owner.actor.userId });
    expect(holdings.projects).toMatchObject([{ id: project, vms: 1 }]);
    expect(holdings.projects[0]?.heirs.map((each) => each.name)).toEqual([
      "member",
      "viewer",
      "admin",
    ]);
    const owners = [{ projectId: project, userId: member.actor.userId }];
    await deleteUser(world.admin, deletion(owner, { owners }));
    expect(await db.user.count({ where: { id: owner.actor.userId } })).toBe(0);
    expect(
      await db.membership.findMany({ where: { projectId: project, role: "owner" } }),
    ).toMatchObject([{ userId: member.actor.userId }]);
    expect(await db.vm.findMany()).toMatchObject([{ id: vm.id, projectId: project }]);
    expect(await db.auditEvent.findMany({ orderBy: { seq: "asc" } })).toMatchObject([
      { action: "project.hand_over", projectId: project, targetName: member.actor.email },
      { action: "user.delete", targetName: owner.actor.email, outcome: "ok" },
    ]);
  });

  it("ends what is personal and the projects' tokens that he made, and cuts what is open on them", async () => {
    const world = await makeWorld();
    const { db, member, admin, project } = world;
    const { userId, sessionId, email } = member.actor;
    const personal = await addToken(world, userId, null);
    const deploy = await addToken(world, userId, project);
    await db.sshKey.create({
      data: { id: newId(), userId, name: "k", publicKey: "k", fingerprint: "f" },
    });
    await db.invitation.create({
      data: {
        id: newId(),
        tokenHash: "h",
        email,
        invitedById: "u",
        invitedByName: "U",
        expiresAt: new Date(Date.now() + 3_600_000),
      },
    });
    const ended: string[] = [];
    const stop = onSessionEnded((id) => ended.push(id));
    expect((await listHoldings(admin, { userId })).projectTokens).toBe(1);
    await deleteUser(admin, deletion(member));
    stop();
    expect(ended.toSorted()).toEqual(
      [sessionId, sessionIdOfToken(personal.id), sessionIdOfToken(deploy.id)].toSorted(),
    );
    expect(await db.apiToken.count()).toBe(0);
    expect(await db.auditEvent.findMany({ where: { action: "token.revoke" } })).toMatchObject([
      { projectId: project, targetId: deploy.id, targetName: "deploy" },
    ]);
    expect(await db.sshKey.count()).toBe(0);
    expect(await db.session.count({ where: { userId } })).toBe(0);
    expect(await db.invitation.count({ where: { revokedAt: null } })).toBe(0);
  });

  it("asks for nothing to be handed over where another owner can sign in", async () => {
    const world = await makeWorld();
    const second = await addPerson(world.db, world.hosts, "second", { [world.project]: "owner" });
    const { userId } = world.owner.actor;
    expect((await listHoldings(world.admin, { userId })).projects).toEqual([]);
    await world.db.user.update({
      where: { id: second.actor.userId },
      data: { disabledAt: new Date() },
    });
    expect((await listHoldings(world.admin, { userId })).projects).toHaveLength(1);
  });

  it.each<[string, (world: World) => Partial<DeleteUserInput>, string]>([
    ["nobody takes over", () => ({}), "owners."],
    [
      "an auditor would",
      ({ project, auditor }) => ({
        owners: [{ projectId: project, userId: auditor.actor.userId }],
      }),
      "owners.",
    ],
    [
      "he himself would",
      ({ project, owner }) => ({ owners: [{ projectId: project, userId: owner.actor.userId }] }),
      "owners.",
    ],
    ["the address typed is another", () => ({ confirmEmail: "x@example.org" }), "confirmEmail"],
  ])("is refused when %s, and nothing moves", async (_name, differs, field) => {
    const world = await makeWorld();
    const before = await userRows(world.db);
    const refused = await deleteUser(world.admin, deletion(world.owner, differs(world))).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: "input.invalid" });
    const [named] = Object.keys((refused as { fields: Record<string, unknown> }).fields);
    expect(named?.startsWith(field)).toBe(true);
    expect(await userRows(world.db)).toEqual(before);
  });

  it("two administrators who delete each other at the same time leave one", async () => {
    const world = await makeWorld();
    const second = await addPerson(world.db, world.hosts, "second", {}, { isAdmin: true });
    await Promise.allSettled([
      deleteUser(world.admin, deletion(second)),
      deleteUser(second, deletion(world.admin)),
    ]);
    expect(await world.db.user.count({ where: { isAdmin: true } })).toBe(1);
  });
});
