import { describe, expect, it } from "vitest";
import { onSessionEnded } from "@/lib/auth/session-events";
import type { UserFilter } from "@/lib/model/user";
import type { Context } from "@/lib/services/context";
import { proofMs } from "@/lib/services/factor/assert-proved";
import { addPerson, makeWorld, type World } from "@/lib/services/testing/world";
import { deleteUser } from "./delete-user";
import { getUser } from "./get-user";
import { listHoldings } from "./list-holdings";
import { listUsers, listUsersSchema } from "./list-users";
import { makeResetLink } from "./make-reset-link";
import { setUserDisabled } from "./set-user-disabled";
import { setUserRight } from "./set-user-right";
import { signOutUser } from "./sign-out-user";
import { userRows } from "./testing/user-rows";

type Call = (ctx: Context, target: { userId: string; email: string }) => Promise<unknown>;

const reads: [string, Call][] = [
  ["list users", (ctx) => listUsers(ctx, listUsersSchema.parse({}))],
  ["see a user", (ctx, { userId }) => getUser(ctx, { userId })],
];

const writes: [string, Call][] = [
  ["see what a user holds", (ctx, { userId }) => listHoldings(ctx, { userId })],
  ["make an admin", (ctx, { userId }) => setUserRight(ctx, { userId, right: "admin" })],
  ["disable a user", (ctx, { userId }) => setUserDisabled(ctx, { userId, disabled: true })],
  ["sign a user out", (ctx, { userId }) => signOutUser(ctx, { userId })],
  ["make a reset link", (ctx, { userId }) => makeResetLink(ctx, { userId })],
  [
    "delete a user",
    (ctx, { userId, email }) => deleteUser(ctx, { userId, confirmEmail: email, owners: [] }),
  ],
];

const roles = ["outsider", "viewer", "member", "owner", "auditor"] as const;

async function target(world: World) {
  const { actor } = await addPerson(world.db, world.hosts, "target", { [world.project]: "member" });
  return { userId: actor.userId, email: actor.email };
}

describe.each(roles)("somebody who is only %s", (role) => {
  it.each(role === "auditor" ? writes : [...reads, ...writes])(
    "may not %s, and nothing moves",
    async (_name, call) => {
      const world = await makeWorld();
      const somebody = await target(world);
      const before = await userRows(world.db);
      await expect(call(world[role], somebody)).rejects.toMatchObject({ code: "auth.forbidden" });
      expect(await userRows(world.db)).toEqual(before);
      expect(await world.db.auditEvent.count({ where: { outcome: "ok" } })).toBe(0);
    },
  );
});

it.each(reads)("an auditor may %s", async (_name, call) => {
  const world = await makeWorld();
  await call(world.auditor, await target(world));
});

describe("an administrator", () => {
  it.each([...reads, ...writes])("may %s; of nobody it is not found", async (name, call) => {
    const world = await makeWorld();
    await call(world.admin, await target(world));
    if (name === "list users") return;
    await expect(call(world.admin, { userId: "nobody", email: "n" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it.each(writes.filter(([name]) => !name.startsWith("see")))(
    "does not %s when it is himself",
    async (_name, call) => {
      const world = await makeWorld();
      await addPerson(world.db, world.hosts, "second", {}, { isAdmin: true });
      const { userId, email } = world.admin.actor;
      const before = await userRows(world.db);
      await expect(call(world.admin, { userId, email })).rejects.toMatchObject({
        code: "conflict.rule",
      });
      expect(await userRows(world.db)).toEqual(before);
    },
  );

  it.each(writes.filter(([name]) => /admin|link|delete/.test(name)))(
    "has to prove who he is before he may %s",
    async (_name, call) => {
      const world = await makeWorld();
      const somebody = await target(world);
      const before = await userRows(world.db);
      const late = { ...world.admin, clock: () => new Date(Date.now() + proofMs) };
      await expect(call(late, somebody)).rejects.toMatchObject({
        userMessage: { key: "auth.prove_again" },
      });
      expect(await userRows(world.db)).toEqual(before);
    },
  );

  it("is refused with a token that has no scope for it", async () => {
    const world = await makeWorld();
    const token = { id: "t", name: "t", scopes: ["read"] as const, projectId: null };
    const program = { ...world.admin, actor: { ...world.admin.actor, token } };
    const somebody = await target(world);
    for (const [, call] of writes) {
      await expect(call(program, somebody)).rejects.toMatchObject({ code: "auth.forbidden" });
    }
  });
});

describe("rights in the installation", () => {
  it("nobody is an administrator and an auditor at the same time", async () => {
    const world = await makeWorld();
    const { userId } = await target(world);
    const rights = async () => {
      const { isAdmin, isAuditor } = await world.db.user.findUniqueOrThrow({
        where: { id: userId },
      });
      return { isAdmin, isAuditor };
    };
    await setUserRight(world.admin, { userId, right: "auditor" });
    expect(await rights()).toEqual({ isAdmin: false, isAuditor: true });
    await setUserRight(world.admin, { userId, right: "admin" });
    expect(await rights()).toEqual({ isAdmin: true, isAuditor: false });
    await setUserRight(world.admin, { userId, right: "none" });
    expect(await rights()).toEqual({ isAdmin: false, isAuditor: false });
    const rows = await world.db.auditEvent.findMany({ orderBy: { seq: "asc" } });
    expect(rows.map((row) => JSON.parse(row.detail))).toEqual([
      { before: "none", right: "auditor" },
      { before: "auditor", right: "admin" },
      { before: "admin", right: "none" },
    ]);
  });

  it("two administrators who unmake each other at the same time leave one", async () => {
    const world = await makeWorld();
    const second = await addPerson(world.db, world.hosts, "second", {}, { isAdmin: true });
    await Promise.allSettled([
      setUserRight(world.admin, { userId: second.actor.userId, right: "none" }),
      setUserRight(second, { userId: world.admin.actor.userId, right: "auditor" }),
    ]);
    expect(await world.db.user.count({ where: { isAdmin: true } })).toBe(1);
  });
});

it("signing somebody out ends every session of his and nobody else's", async () => {
  const world = await makeWorld();
  const ended: string[] = [];
  const stop = onSessionEnded((id) => ended.push(id));
  await signOutUser(world.admin, { userId: world.member.actor.userId });
  stop();
  expect(ended).toEqual([world.member.actor.sessionId]);
  const alive = await world.db.session.findMany({ where: { revokedAt: null } });
  expect(alive).toHaveLength(5);
});

describe("the list of users", () => {
  const list = (ctx: Context, input: Partial<{ search: string; show: UserFilter }> = {}) =>
    listUsers(ctx, listUsersSchema.parse(input));

  it("is searched by name and address, and filtered", async () => {
    const world = await makeWorld();
    await setUserDisabled(world.admin, { userId: world.viewer.actor.userId, disabled: true });
    await world.db.user.update({
      where: { id: world.owner.actor.userId },
      data: { totpConfirmedAt: new Date() },
    });
    const names = async (input: Parameters<typeof list>[1]) =>
      (await list(world.admin, input)).users.map((each) => each.name);
    expect(await names({ search: "MEMBER-" })).toEqual(["member"]);
    expect(await names({ search: "sider" })).toEqual(["outsider"]);
    expect(await names({ show: "admins" })).toEqual(["admin"]);
    expect(await names({ show: "auditors" })).toEqual(["auditor"]);
    expect(await names({ show: "disabled" })).toEqual(["viewer"]);
    expect(await names({ show: "one_factor" })).toEqual(["admin", "auditor", "member", "outsider"]);
  });

  it("says what a person is and where, and no secret", async () => {
    const world = await makeWorld();
    const [row] = (await list(world.auditor, { search: "owner" })).users;
    expect(row).toMatchObject({
      name: "owner",
      right: "none",
      disabled: false,
      secondFactor: false,
      lastSignInAt: null,
      projects: [{ slug: "one", name: "one", role: "owner" }],
    });
    expect(JSON.stringify(row)).not.toMatch(/hash|secret/i);
    const { userId } = world.owner.actor;
    expect(await getUser(world.auditor, { userId })).toMatchObject({ sessions: 1, issuers: [] });
  });

  it("comes in pages that leave out nobody, also with equal names", async () => {
    const world = await makeWorld();
    for (let index = 0; index < 3; index++) await addPerson(world.db, world.hosts, "member", {});
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listUsers(world.admin, { search: "", show: "all", cursor, limit: 2 });
      expect(page.total).toBe(9);
      seen.push(...page.users.map((each) => each.id));
      cursor = page.next;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(9);
    expect(seen).toHaveLength(9);
  });
});
