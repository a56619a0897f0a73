import { describe, expect, it, onTestFinished } from "vitest";
import { onSessionEnded } from "@/lib/auth/session-events";
import { newId } from "@/lib/db/id";
import { type BusMessage, onBus } from "../live/bus";
import { everything, makeWorld, type World } from "../testing/world";
import { addMember } from "./add-member";
import { changeRole } from "./change-role";
import { leaveProject } from "./leave-project";
import { listMembers } from "./list-members";
import { removeMember } from "./remove-member";

async function roleOf(world: World, userId: string) {
  const { project: projectId, db } = world;
  const row = await db.membership.findUnique({
    where: { projectId_userId: { projectId, userId } },
  });
  return row?.role ?? null;
}

function heard(): BusMessage[] {
  const messages: BusMessage[] = [];
  onTestFinished(onBus((message) => messages.push(message)));
  return messages;
}

describe("members", () => {
  it("are listed by name, with who cannot sign in", async () => {
    const world = await makeWorld();
    const { userId } = world.member.actor;
    await world.db.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    expect(await listMembers(world.viewer, { projectId: world.project })).toMatchObject([
      { name: "member", role: "member", disabled: true },
      { name: "owner", role: "owner", disabled: false },
      { name: "viewer", role: "viewer", disabled: false },
    ]);
  });

  it("get another role, which is announced and written down", async () => {
    const world = await makeWorld();
    const { project: projectId } = world;
    const { userId, email } = world.viewer.actor;
    const messages = heard();
    await changeRole(world.owner, { projectId, userId, role: "owner" });
    expect(await roleOf(world, userId)).toBe("owner");
    expect(messages).toEqual([{ type: "rights", projectId, userId }]);
    expect(await world.db.auditEvent.findFirstOrThrow()).toMatchObject({
      action: "member.change_role",
      targetName: email,
      detail: JSON.stringify({ before: "viewer", role: "owner", tokensEnded: 0 }),
    });
  });

  it("of another project, and no members at all, are not found", async () => {
    const world = await makeWorld();
    const { userId } = world.outsider.actor;
    const input = { projectId: world.project, userId };
    const before = await everything(world.db);
    for (const call of [
      changeRole(world.owner, { ...input, role: "viewer" }),
      removeMember(world.owner, input),
    ]) {
      await expect(call).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await everything(world.db)).toEqual(before);
  });

  it("leave by themselves, an auditor apart, who changes nothing", async () => {
    const world = await makeWorld();
    const { project: projectId } = world;
    const messages = heard();
    await leaveProject(world.viewer, { projectId });
    expect(await roleOf(world, world.viewer.actor.userId)).toBeNull();
    expect(messages).toEqual([{ type: "rights", projectId, userId: world.viewer.actor.userId }]);
    await expect(leaveProject(world.auditor, { projectId })).rejects.toMatchObject({
      code: "auth.forbidden",
    });
    await expect(leaveProject(world.admin, { projectId })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(leaveProject(world.outsider, { projectId })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("the project's tokens that somebody made", () => {
  const endings: [string, (world: World, userId: string) => Promise<void>][] = [
    ["removed", (world, userId) => removeMember(world.admin, { projectId: world.project, userId })],
    [
      "lowered",
      (world, userId) =>
        changeRole(world.admin, { projectId: world.project, userId, role: "member" }),
    ],
  ];

  it.each(endings)("end when he is %s, with what is open on them; others' stay", async (_, end) => {
    const world = await makeWorld();
    const { db, project: projectId } = world;
    const { userId } = world.owner.actor;
    const add = async (by: string, of: string | null) => {
      const id = newId();
      const rest = { tokenHash: id, hint: "h", name: "n", scopes: "[]" };
      const expiresAt = new Date(Date.now() + 1_000_000);
      await db.apiToken.create({ data: { id, userId: by, projectId: of, expiresAt, ...rest } });
      return id;
    };
    const his = await add(userId, projectId);
    await add(userId, null);
    await add(userId, world.otherProject);
    await add(world.admin.actor.userId, projectId);
    const ended: string[] = [];
    onTestFinished(onSessionEnded((id) => ended.push(id)));
    await end(world, userId);
    expect(await db.apiToken.findMany({ where: { revokedAt: { not: null } } })).toMatchObject([
      { id: his },
    ]);
    expect(ended).toEqual([`token:${his}`]);
  });
});

describe("the last owner who can sign in", () => {
  const endings: [string, (world: World) => Promise<void>][] = [
    ["leave", (world) => leaveProject(world.owner, { projectId: world.project })],
    [
      "remove himself",
      (world) =>
        removeMember(world.owner, { projectId: world.project, userId: world.owner.actor.userId }),
    ],
    [
      "lower himself",
      (world) =>
        changeRole(world.owner, {
          projectId: world.project,
          userId: world.owner.actor.userId,
          role: "member",
        }),
    ],
  ];

  it.each(endings)("cannot %s, nor when the other owner is disabled", async (_name, end) => {
    const world = await makeWorld();
    const { userId } = world.member.actor;
    await changeRole(world.owner, { projectId: world.project, userId, role: "owner" });
    await world.db.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    const before = await everything(world.db);
    await expect(end(world)).rejects.toMatchObject({
      code: "conflict.rule",
      userMessage: { key: "project.last_owner" },
    });
    expect(await everything(world.db)).toEqual(before);
    await world.db.user.update({ where: { id: userId }, data: { disabledAt: null } });
    await end(world);
  });

  it("is removed by an administrator all the same", async () => {
    const world = await makeWorld();
    const { userId } = world.owner.actor;
    await removeMember(world.admin, { projectId: world.project, userId });
    expect(await roleOf(world, userId)).toBeNull();
  });
});

describe("adding a member at once", () => {
  it("is for administrators, who see all accounts anyway", async () => {
    const world = await makeWorld();
    const { project: projectId } = world;
    const { email, userId } = world.outsider.actor;
    await addMember(world.admin, { projectId, email, role: "member" });
    expect(await roleOf(world, userId)).toBe("member");
    await expect(
      addMember(world.admin, { projectId, email, role: "viewer" }),
    ).rejects.toMatchObject({ code: "conflict.exists" });
    await expect(
      addMember(world.admin, { projectId, email: "no@example.org", role: "viewer" }),
    ).rejects.toMatchObject({ fields: { email: { key: "field.email.no_account" } } });
  });

  it("tells an owner nothing about who has an account", async () => {
    const world = await makeWorld();
    const before = await everything(world.db);
    for (const email of [world.outsider.actor.email, "no@example.org"]) {
      await expect(
        addMember(world.owner, { projectId: world.project, email, role: "viewer" }),
      ).rejects.toMatchObject({ code: "auth.forbidden" });
    }
    expect(await everything(world.db)).toEqual(before);
  });
});
