import { describe, expect, it } from "vitest";
import { deviceCookieName, sealDevice } from "@/lib/auth/device-cookie";
import { hashPassword } from "@/lib/auth/password";
import { endAllSessions, sessionIdOf } from "@/lib/auth/session";
import { onSessionEnded } from "@/lib/auth/session-events";
import type { Db } from "@/lib/db/client";
import { tempDb } from "@/lib/db/testing/temp-db";
import { signIn } from "./sign-in";
import { actorWith, cookieOf, goodPassword, later, noon, person, visitor } from "./testing/people";

const right = { email: "ada@example.org", password: goodPassword };
const wrong = { ...right, password: "not the password" };

async function refusal(work: Promise<unknown>) {
  return work.then(
    () => expect.unreachable("it was let in"),
    (error: { code: string; userMessage: unknown; details: { seconds?: number } }) => error,
  );
}

async function failTimes(db: Db, times: number, from: Partial<Parameters<typeof visitor>[1]> = {}) {
  for (let index = 0; index < times; index++) {
    expect((await refusal(signIn(visitor(db, from), wrong))).code).toBe("auth.required");
  }
}

describe("signing in", () => {
  it("starts a session whose secret is in no table", async () => {
    const db = await tempDb();
    const user = await person(db);
    const signedIn = await signIn(visitor(db), right);
    const actor = await actorWith(db, await cookieOf(signedIn));
    expect(actor).toMatchObject({ userId: user.id, sessionId: sessionIdOf(signedIn.secret) });
    const everything = JSON.stringify([
      await db.session.findMany(),
      await db.auditEvent.findMany(),
      await db.user.findMany({ omit: { passwordHash: true } }),
    ]);
    expect(everything).not.toContain(signedIn.secret);
    expect(everything).not.toContain(goodPassword);
  });

  it("writes who came in and who was refused, but not a name that is no account's", async () => {
    const db = await tempDb();
    const user = await person(db);
    await signIn(visitor(db), right);
    await refusal(signIn(visitor(db), wrong));
    await refusal(signIn(visitor(db), { ...wrong, email: "my-password-typed@here.example" }));
    const rows = await db.auditEvent.findMany({ orderBy: { outcome: "asc" } });
    expect(rows.map((row) => [row.action, row.outcome, row.actorId])).toEqual([
      ["session.sign_in", "ok", user.id],
      ["session.sign_in", "refused", null],
      ["session.sign_in", "refused", null],
    ]);
    expect(rows.map((row) => row.targetName).sort()).toEqual(
      ["(no such account)", "ada@example.org", null].sort(),
    );
    expect(JSON.stringify(rows)).not.toContain("my-password-typed");
  });

  it("V6.3.8: answers in the same words whether the account exists, is disabled or not", async () => {
    const db = await tempDb();
    await person(db);
    await person(db, { email: "off@example.org", disabledAt: noon });
    await person(db, { email: "none@example.org", password: null });
    const answers = await Promise.all(
      [
        wrong,
        { ...wrong, email: "nobody@example.org" },
        { email: "off@example.org", password: goodPassword },
        { email: "none@example.org", password: goodPassword },
      ].map((input) => refusal(signIn(visitor(db), input))),
    );
    for (const answer of answers) {
      expect(answer).toMatchObject({
        code: "auth.required",
        userMessage: { key: "auth.credentials" },
        fields: {},
        details: {},
      });
    }
    expect(await db.session.count()).toBe(0);
  });

  it("brute force: refuses the sixth try on one account, even with the right password", async () => {
    const db = await tempDb();
    await person(db);
    await failTimes(db, 5);
    const answer = await refusal(signIn(visitor(db), right));
    expect(answer.code).toBe("rate.limited");
    expect(answer.details.seconds).toBeGreaterThan(800);
    expect(answer.details.seconds).toBeLessThanOrEqual(900);
    expect(answer.userMessage).toEqual({
      key: "rate.limited",
      values: { seconds: answer.details.seconds, minutes: 15 },
    });
  });

  it("brute force: limits unknown accounts alike, so that limits tell nothing", async () => {
    const db = await tempDb();
    const nobody = { ...wrong, email: "nobody@example.org" };
    for (let index = 0; index < 5; index++) await refusal(signIn(visitor(db), nobody));
    expect((await refusal(signIn(visitor(db), nobody))).code).toBe("rate.limited");
  });

  it("brute force: counts tries made at the same time", async () => {
    const db = await tempDb();
    await person(db);
    const tries = Array.from({ length: 40 }, () => refusal(signIn(visitor(db), wrong)));
    const codes = (await Promise.all(tries)).map((answer) => answer.code);
    expect(codes.filter((code) => code === "auth.required")).toHaveLength(5);
    expect(codes.filter((code) => code === "rate.limited")).toHaveLength(35);
  });

  it("brute force: one address gets 30 tries over many accounts", async () => {
    const db = await tempDb();
    const codes: string[] = [];
    for (let index = 0; index < 32; index++) {
      const email = `user${index}@example.org`;
      codes.push((await refusal(signIn(visitor(db), { ...wrong, email }))).code);
    }
    expect(codes.indexOf("rate.limited")).toBe(30);
  });

  it("brute force: an IPv6 household is one address", async () => {
    const db = await tempDb();
    await person(db);
    for (let index = 1; index <= 5; index++) {
      await failTimes(db, 1, { ip: `2001:db8:1:2::${index}` });
    }
    const same = signIn(visitor(db, { ip: "2001:db8:1:2:ffff::9" }), right);
    expect((await refusal(same)).code).toBe("rate.limited");
    await signIn(visitor(db, { ip: "2001:db8:1:3::1" }), right);
  });

  it("a locked victim still signs in from another address", async () => {
    const db = await tempDb();
    await person(db);
    await failTimes(db, 5);
    await signIn(visitor(db, { ip: "198.51.100.7" }), right);
  });

  it("a locked victim still signs in from a browser that knows the account", async () => {
    const db = await tempDb();
    const user = await person(db);
    const device = `${deviceCookieName()}=${await sealDevice(user.id)}`;
    await failTimes(db, 5);
    for (let index = 0; index < 45; index++) await failTimes(db, 1, { ip: `203.0.113.${index}` });
    expect((await refusal(signIn(visitor(db, { ip: "198.51.100.9" }), right))).code).toBe(
      "rate.limited",
    );
    await signIn(visitor(db, { cookie: device }), right);
  });

  it("a known browser of one account gives nobody more tries on another", async () => {
    const db = await tempDb();
    await person(db);
    const other = await person(db, { email: "mallory@example.org" });
    const cookie = `${deviceCookieName()}=${await sealDevice(other.id)}`;
    await failTimes(db, 5, { cookie });
    expect((await refusal(signIn(visitor(db, { cookie }), right))).code).toBe("rate.limited");
  });

  it("forgets the failures of an account after the right password", async () => {
    const db = await tempDb();
    await person(db);
    await failTimes(db, 4);
    await signIn(visitor(db), right);
    await failTimes(db, 5);
  });

  it("session fixation: never takes over an id that the browser brought, and ends it", async () => {
    const db = await tempDb();
    await person(db);
    const mallory = await person(db, { email: "mallory@example.org" });
    const planted = await signIn(visitor(db), { ...right, email: mallory.email });
    const ended: string[] = [];
    const stop = onSessionEnded((id) => ended.push(id));
    const cookie = await cookieOf(planted);
    const own = await signIn(visitor(db, { cookie }), right);
    stop();
    expect(own.secret).not.toBe(planted.secret);
    expect(await actorWith(db, cookie)).toBeNull();
    expect(ended).toEqual([sessionIdOf(planted.secret)]);
  });

  it("a password that changes while it is checked lets nobody in", async () => {
    const db = await tempDb();
    const { id } = await person(db);
    const passwordHash = await hashPassword("another long pass phrase");
    const attempt = signIn(visitor(db), right).then(cookieOf, () => null);
    // Queries take turns: when this one is answered, the attempt has read the old hash.
    await new Promise(setImmediate);
    await db.user.count();
    await db.$transaction(async (tx) => {
      await tx.user.update({ where: { id }, data: { passwordHash } });
      await endAllSessions(tx, id);
    });
    expect(await actorWith(db, await attempt)).toBeNull();
  });

  it("login floods write no session and no redirect state", async () => {
    const db = await tempDb();
    await person(db);
    for (let index = 0; index < 60; index++) await refusal(signIn(visitor(db), wrong));
    expect(await db.session.count()).toBe(0);
    // One line per try that was looked at; tries beyond the limit leave none.
    expect(await db.auditEvent.count()).toBe(5);
  });
});

describe("a session", () => {
  it("ends after 12 hours without a request, and never after one within them", async () => {
    const db = await tempDb();
    await person(db);
    const cookie = await cookieOf(await signIn(visitor(db), right));
    const hours = (count: number) => later(count * 3_600_000);
    expect(await actorWith(db, cookie, hours(11.9))).not.toBeNull();
    expect(await actorWith(db, cookie, hours(23.8))).not.toBeNull();
    expect(await actorWith(db, cookie, hours(35.9))).toBeNull();
  });

  it("ends after 7 days, however busy", async () => {
    const db = await tempDb();
    await person(db);
    const cookie = await cookieOf(await signIn(visitor(db), right));
    for (let hour = 10; hour < 168; hour += 10) {
      expect(await actorWith(db, cookie, later(hour * 3_600_000)), `${hour} h`).not.toBeNull();
    }
    expect(await actorWith(db, cookie, later(168 * 3_600_000))).toBeNull();
  });

  it("gives no access any more once its user is disabled", async () => {
    const db = await tempDb();
    const user = await person(db);
    const cookie = await cookieOf(await signIn(visitor(db), right));
    await db.user.update({ where: { id: user.id }, data: { disabledAt: noon } });
    expect(await actorWith(db, cookie)).toBeNull();
  });

  it("a lowered role and a lost membership count from the next request on", async () => {
    const db = await tempDb();
    const user = await person(db);
    await db.project.create({ data: { id: "p1", slug: "p1", name: "P" } });
    await db.membership.create({ data: { projectId: "p1", userId: user.id, role: "owner" } });
    const cookie = await cookieOf(await signIn(visitor(db), right));
    const memberships = async () => (await actorWith(db, cookie))?.memberships;
    expect(await memberships()).toEqual([{ projectId: "p1", role: "owner" }]);
    await db.membership.updateMany({ data: { role: "viewer" } });
    expect(await memberships()).toEqual([{ projectId: "p1", role: "viewer" }]);
    await db.membership.deleteMany();
    expect(await memberships()).toEqual([]);
  });

  it("writes its last use at most once a minute", async () => {
    const db = await tempDb();
    await person(db);
    const cookie = await cookieOf(await signIn(visitor(db), right));
    const seen = async () => (await db.session.findFirstOrThrow()).seenAt;
    await actorWith(db, cookie, later(59_000));
    expect(await seen()).toEqual(noon);
    await actorWith(db, cookie, later(61_000));
    expect(await seen()).toEqual(later(61_000));
  });
});
