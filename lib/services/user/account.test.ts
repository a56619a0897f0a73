import { describe, expect, it } from "vitest";
import { sessionIdOf } from "@/lib/auth/session";
import { onSessionEnded } from "@/lib/auth/session-events";
import { sweepSessions } from "@/lib/auth/session-sweep";
import type { Db } from "@/lib/db/client";
import { tempDb } from "@/lib/db/testing/temp-db";
import { changePassword } from "./change-password";
import { listSessions } from "./list-sessions";
import { revokeOtherSessions, revokeSession } from "./revoke-session";
import { setUserDisabled } from "./set-user-disabled";
import { signIn } from "./sign-in";
import { signOut } from "./sign-out";
import {
  actorWith,
  cookieOf,
  goodPassword,
  later,
  noon,
  person,
  signedInContext,
  visitor,
} from "./testing/people";

const right = { email: "ada@example.org", password: goodPassword };
const next = "another long pass phrase";

/** Ids of the sessions that `work` announces as ended. */
async function endedBy(work: () => Promise<unknown>): Promise<string[]> {
  const ended: string[] = [];
  const stop = onSessionEnded((id) => ended.push(id));
  await work();
  stop();
  return ended;
}

async function secondSession(db: Db) {
  const { secret } = await signIn(visitor(db, { ip: "198.51.100.1" }), right);
  return { id: sessionIdOf(secret), cookie: await cookieOf({ secret }) };
}

describe("signing out", () => {
  it("cuts access and open streams at once; a copied cookie is worth nothing", async () => {
    const db = await tempDb();
    await person(db);
    const { ctx, cookie } = await signedInContext(db);
    expect(await endedBy(() => signOut(ctx))).toEqual([ctx.actor.sessionId]);
    expect(await actorWith(db, cookie)).toBeNull();
  });

  it("twice at the same time ends it once", async () => {
    const db = await tempDb();
    await person(db);
    const { ctx } = await signedInContext(db);
    await Promise.all([signOut(ctx), signOut(ctx)]);
    expect(await db.session.count({ where: { revokedAt: null } })).toBe(0);
  });
});

describe("changing the password", () => {
  it("V7.4.3: a cookie stolen before is worth nothing after; the own session stays", async () => {
    const db = await tempDb();
    await person(db);
    const { ctx, cookie } = await signedInContext(db);
    const stolen = await secondSession(db);
    const ended = await endedBy(() => changePassword(ctx, { current: goodPassword, next }));
    expect(ended).toEqual([stolen.id]);
    expect(await actorWith(db, stolen.cookie)).toBeNull();
    expect(await actorWith(db, cookie)).not.toBeNull();
    await expect(signIn(visitor(db), right)).rejects.toMatchObject({ code: "auth.required" });
    await signIn(visitor(db), { ...right, password: next });
  });

  it("asks for the current one, and only five times", async () => {
    const db = await tempDb();
    await person(db);
    const { ctx } = await signedInContext(db);
    const attempt = () => changePassword(ctx, { current: "a wrong password", next });
    for (let index = 0; index < 5; index++) {
      await expect(attempt()).rejects.toMatchObject({
        code: "input.invalid",
        fields: { current: { key: "field.password.wrong" } },
      });
    }
    await expect(attempt()).rejects.toMatchObject({ code: "rate.limited" });
    const outcomes = await db.auditEvent.findMany({ where: { action: "user.change_password" } });
    expect(outcomes.map((row) => row.outcome)).toEqual(Array(5).fill("refused"));
  });

  it.each([
    ["short", "field.password.too_short"],
    [goodPassword, "field.password.same"],
    ["ada@example.org", "field.password.personal"],
  ])("refuses %s with a reason, and changes nothing", async (weak, key) => {
    const db = await tempDb();
    await person(db);
    const { ctx } = await signedInContext(db);
    const before = await db.user.findFirstOrThrow();
    await expect(changePassword(ctx, { current: goodPassword, next: weak })).rejects.toMatchObject({
      fields: { next: { key } },
    });
    expect(await db.user.findFirstOrThrow()).toEqual(before);
  });
});

describe("the list of sessions", () => {
  it("shows the own ones only, this one first, without those that ended", async () => {
    const db = await tempDb();
    await person(db);
    await person(db, { email: "bob@example.org" });
    await signedInContext(db, { ...right, email: "bob@example.org" });
    const other = await secondSession(db);
    const over = await secondSession(db);
    const { ctx } = await signedInContext(db);
    await revokeSession(ctx, { sessionId: over.id });
    const list = await listSessions(ctx);
    expect(list.map((each) => [each.id, each.current])).toEqual([
      [ctx.actor.sessionId, true],
      [other.id, false],
    ]);
  });

  it("ending another person's session is not found, and it lives on", async () => {
    const db = await tempDb();
    await person(db);
    await person(db, { email: "bob@example.org", isAdmin: true });
    const bob = await signedInContext(db, { ...right, email: "bob@example.org" });
    const { ctx } = await signedInContext(db);
    const sessionId = bob.ctx.actor.sessionId;
    await expect(revokeSession(ctx, { sessionId })).rejects.toMatchObject({ code: "not_found" });
    await expect(revokeSession(ctx, { sessionId: "none" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await actorWith(db, bob.cookie)).not.toBeNull();
  });

  it("ending all others leaves this one and other people's", async () => {
    const db = await tempDb();
    await person(db);
    await person(db, { email: "bob@example.org" });
    const bob = await signedInContext(db, { ...right, email: "bob@example.org" });
    const other = await secondSession(db);
    const { ctx, cookie } = await signedInContext(db);
    expect(await endedBy(() => revokeOtherSessions(ctx))).toEqual([other.id]);
    expect(await actorWith(db, other.cookie)).toBeNull();
    expect(await actorWith(db, cookie)).not.toBeNull();
    expect(await actorWith(db, bob.cookie)).not.toBeNull();
  });
});

describe("disabling a user", () => {
  it("V7.4.2: ends every session of his at once", async () => {
    const db = await tempDb();
    const bob = await person(db, { email: "bob@example.org" });
    await person(db, { isAdmin: true });
    const { ctx: his, cookie } = await signedInContext(db, { ...right, email: bob.email });
    const { ctx } = await signedInContext(db);
    const ended = await endedBy(() => setUserDisabled(ctx, { userId: bob.id, disabled: true }));
    expect(ended).toEqual([his.actor.sessionId]);
    expect(await actorWith(db, cookie)).toBeNull();
    await setUserDisabled(ctx, { userId: bob.id, disabled: false });
    expect(await actorWith(db, cookie)).toBeNull();
  });

  it("the last administrator cannot disable himself, and stays signed in", async () => {
    const db = await tempDb();
    const { id } = await person(db, { isAdmin: true });
    await person(db, { email: "off@example.org", isAdmin: true, disabledAt: noon });
    const { ctx, cookie } = await signedInContext(db);
    await expect(setUserDisabled(ctx, { userId: id, disabled: true })).rejects.toMatchObject({
      code: "conflict.rule",
    });
    expect(await actorWith(db, cookie)).not.toBeNull();
  });

  it("two administrators who disable each other at the same time leave one", async () => {
    const db = await tempDb();
    const ada = await person(db, { isAdmin: true });
    const bob = await person(db, { email: "bob@example.org", isAdmin: true });
    const { ctx } = await signedInContext(db);
    const { ctx: his } = await signedInContext(db, { ...right, email: bob.email });
    await Promise.allSettled([
      setUserDisabled(ctx, { userId: bob.id, disabled: true }),
      setUserDisabled(his, { userId: ada.id, disabled: true }),
    ]);
    expect(await db.user.count({ where: { isAdmin: true, disabledAt: null } })).toBe(1);
  });

  it("is for administrators: anybody else is refused, and nothing moves", async () => {
    const db = await tempDb();
    await person(db);
    const bob = await person(db, { email: "bob@example.org" });
    const { ctx } = await signedInContext(db);
    await expect(setUserDisabled(ctx, { userId: bob.id, disabled: true })).rejects.toMatchObject({
      code: "auth.forbidden",
    });
    expect(await db.user.findUnique({ where: { id: bob.id } })).toEqual(bob);
  });
});

describe("the sweep", () => {
  it("announces sessions that ran out and those that another process ended", async () => {
    const db = await tempDb();
    await person(db);
    const idle = await secondSession(db);
    const elsewhere = await secondSession(db);
    const { ctx } = await signedInContext(db);
    const hour = 3_600_000;
    await db.session.update({
      where: { id: elsewhere.id },
      data: { revokedAt: later(13 * hour - 1_000) },
    });
    await db.session.update({
      where: { id: ctx.actor.sessionId },
      data: { seenAt: later(5 * hour) },
    });
    const ended = await endedBy(() =>
      sweepSessions(db, later(13 * hour - 2_000), later(13 * hour)),
    );
    expect(ended.sort()).toEqual([idle.id, elsewhere.id].sort());
    expect(await endedBy(() => sweepSessions(db, later(14 * hour), later(14 * hour)))).toEqual([]);
  });
});
