import { describe, expect, it } from "vitest";
import { deviceCookieName, sealDevice } from "@/lib/auth/device-cookie";
import { onSessionEnded } from "@/lib/auth/session-events";
import { checkCookieName, checkLimits } from "@/lib/auth/sign-in-check";
import type { SoftAuthenticator } from "@/lib/auth/testing/soft-authenticator";
import type { Db } from "@/lib/db/client";
import { tempDb } from "@/lib/db/testing/temp-db";
import type { SecondFactor } from "@/lib/model/proof";
import { codeAt, rp, withPasskey, withTotp } from "@/lib/services/factor/testing/factors";
import { isPending } from "./admit-user";
import { beginSignIn } from "./begin-sign-in";
import { changePassword } from "./change-password";
import { askSecondPasskey, finishSignIn, pendingSignIn } from "./finish-sign-in";
import { nextAuthDoor } from "./next-auth-door";
import { setUserDisabled } from "./set-user-disabled";
import { signIn } from "./sign-in";
import {
  actorWith,
  cookieOf,
  goodPassword,
  later,
  person,
  signedInContext,
  visitor,
} from "./testing/people";

const right = { email: "ada@example.org", password: goodPassword };
const wrongCode = { code: "input.invalid", fields: { code: { key: "field.code.wrong" } } };
const over = { code: "auth.required", userMessage: { key: "auth.check_over" } };
/** The next time step's: the app was set up with this one's. */
const step = 30_000;

/** A person with an authenticator app, and the context of the session that set it up. */
async function withApp(email = right.email, db?: Db) {
  const base = db ?? (await tempDb());
  const user = await person(base, { email });
  const { ctx } = await signedInContext(base, { ...right, email });
  const { secret, codes } = await withTotp(ctx);
  return { db: base, user, ctx, secret, codes: codes ?? [] };
}

/** The cookie of a browser that has brought the right password at `ms`. */
async function passed(db: Db, email = right.email, ms = step): Promise<string> {
  const attempt = beginSignIn(visitor(db, { clock: () => later(ms) }), { ...right, email });
  const begun = await attempt;
  if (!isPending(begun)) throw new Error("no second factor was asked for");
  return `${checkCookieName()}=${begun.check}`;
}

function finish(db: Db, cookie: string | null, factor: SecondFactor, ms = step) {
  return finishSignIn(visitor(db, { cookie, clock: () => later(ms) }), factor, rp);
}

const totp = (code: string) => ({ by: "totp", code }) as const;
const wrong = totp("000000");

describe("after the right password", () => {
  it("there is no session, only a row that knows how far it got", async () => {
    const { db, ctx } = await withApp();
    const cookie = await passed(db);
    expect(await db.session.findMany({ select: { id: true } })).toEqual([
      { id: ctx.actor.sessionId },
    ]);
    expect(await actorWith(db, cookie)).toBeNull();
    expect(JSON.stringify(await db.signInCheck.findMany())).not.toContain(cookie.split("=")[1]);
    const at = visitor(db, { cookie, clock: () => later(step) });
    expect(await pendingSignIn(at)).toEqual({ totp: true, passkey: false });
    expect(await pendingSignIn(visitor(db))).toBeNull();
  });

  it("the app's code starts it, and the audit log names the factor", async () => {
    const { db, user, secret } = await withApp();
    const cookie = await passed(db);
    const signedIn = await finish(db, cookie, totp(codeAt(secret, later(step))));
    expect(await actorWith(db, await cookieOf(signedIn))).toMatchObject({ userId: user.id });
    const last = await db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(last).toMatchObject({ action: "session.sign_in", outcome: "ok", actorId: user.id });
    expect(JSON.parse(last.detail)).toEqual({ factor: "totp" });
  });

  it("the same check starts no second session", async () => {
    const { db, secret } = await withApp();
    const cookie = await passed(db);
    await finish(db, cookie, totp(codeAt(secret, later(step))));
    const next = totp(codeAt(secret, later(2 * step)));
    await expect(finish(db, cookie, next)).rejects.toMatchObject(over);
  });

  it("two requests with the same code at once start one session", async () => {
    const { db, secret } = await withApp();
    const cookies = [await passed(db), await passed(db)];
    const code = totp(codeAt(secret, later(step)));
    const results = await Promise.allSettled(cookies.map((cookie) => finish(db, cookie, code)));
    expect(results.filter((each) => each.status === "fulfilled")).toHaveLength(1);
  });

  it("reused code, and the code of the previous step: refused", async () => {
    const { db, secret } = await withApp();
    const code = totp(codeAt(secret, later(step)));
    await finish(db, await passed(db), code);
    const cookie = await passed(db);
    await expect(finish(db, cookie, code)).rejects.toMatchObject(wrongCode);
    const before = totp(codeAt(secret, later(0)));
    await expect(finish(db, cookie, before)).rejects.toMatchObject(wrongCode);
    const refusals = await db.auditEvent.findMany({
      where: { action: "session.sign_in", outcome: "refused" },
    });
    expect(refusals.map((row) => JSON.parse(row.detail))).toEqual(
      Array(2).fill({ factor: "totp" }),
    );
  });

  it("other person's check token: a right code of one is wrong for another", async () => {
    const { db, secret } = await withApp();
    await withApp("bob@example.org", db);
    const cookie = await passed(db, "bob@example.org");
    const adas = totp(codeAt(secret, later(step)));
    await expect(finish(db, cookie, adas)).rejects.toMatchObject(wrongCode);
  });

  it("expired: a check holds for minutes only", async () => {
    const { db, secret } = await withApp();
    const cookie = await passed(db, right.email, 0);
    const { lifetimeMs } = checkLimits;
    const code = totp(codeAt(secret, later(lifetimeMs)));
    await expect(finish(db, cookie, code, lifetimeMs)).rejects.toMatchObject(over);
    await finish(db, cookie, totp(codeAt(secret, later(lifetimeMs - 1))), lifetimeMs - 1);
  });

  it.each(["", "x", "A".repeat(43), `${"A".repeat(43)}; a=b`])(
    "tampered cookie: %s is no sign-in",
    async (token) => {
      const { db, secret } = await withApp();
      await passed(db);
      const code = totp(codeAt(secret, later(step)));
      const cookie = `${checkCookieName()}=${token}`;
      await expect(finish(db, cookie, code)).rejects.toMatchObject(over);
    },
  );

  it("skipping the step: neither another cookie's name nor a session's makes it one", async () => {
    const { db } = await withApp();
    const check = (await passed(db)).split("=")[1] ?? "";
    expect(await actorWith(db, await cookieOf({ secret: check }))).toBeNull();
    expect(await actorWith(db, `portico-session=${check}`)).toBeNull();
  });
});

describe("brute force of codes", () => {
  it("five wrong ones end the sign-in, even for the right one after them", async () => {
    const { db, secret } = await withApp();
    const cookie = await passed(db);
    for (let index = 0; index < 4; index++) {
      await expect(finish(db, cookie, wrong)).rejects.toMatchObject(wrongCode);
    }
    await expect(finish(db, cookie, wrong)).rejects.toMatchObject(over);
    const code = totp(codeAt(secret, later(step)));
    await expect(finish(db, cookie, code)).rejects.toMatchObject(over);
    expect(await db.session.count()).toBe(1);
  });

  it("tried at the same time they are counted all the same", async () => {
    const { db } = await withApp();
    const cookie = await passed(db);
    const tries = Array.from({ length: 20 }, () =>
      finish(db, cookie, wrong).catch((error: { code: string }) => error.code),
    );
    await Promise.all(tries);
    const looked = { action: "session.sign_in", outcome: "refused" };
    expect(await db.auditEvent.count({ where: looked })).toBe(5);
  });

  it("with the password anew each time: ten per address, then none is looked at", async () => {
    const { db, secret } = await withApp();
    const codes: string[] = [];
    for (let round = 0; round < 3; round++) {
      const cookie = await passed(db);
      for (let index = 0; index < 4; index++) {
        codes.push(await finish(db, cookie, wrong).catch((error) => error.code));
      }
    }
    expect(codes.indexOf("rate.limited")).toBe(10);
    const code = totp(codeAt(secret, later(step)));
    await expect(finish(db, await passed(db), code)).rejects.toMatchObject({
      code: "rate.limited",
    });
  });

  it("from many addresses: 25 per account and day; a known browser still gets in", async () => {
    const { db, user, secret } = await withApp();
    const codes: string[] = [];
    for (let round = 0; round < 7; round++) {
      const cookie = await passed(db);
      for (let index = 0; index < 4; index++) {
        const from = visitor(db, { cookie, ip: `203.0.113.${round}`, clock: () => later(step) });
        codes.push(await finishSignIn(from, wrong, rp).catch((error) => error.code));
      }
    }
    expect(codes.indexOf("rate.limited")).toBe(25);
    const device = `${deviceCookieName()}=${await sealDevice(user.id)}`;
    const known = `${await passed(db)}; ${device}`;
    await finish(db, known, totp(codeAt(secret, later(step))));
  });
});

describe("a recovery code", () => {
  it("stands in once, however it is typed", async () => {
    const { db, codes } = await withApp();
    const [code = ""] = codes;
    const typed = { by: "recovery", code: code.toUpperCase().replaceAll("-", " ") } as const;
    await finish(db, await passed(db), typed);
    const again = finish(db, await passed(db), { by: "recovery", code });
    await expect(again).rejects.toMatchObject(wrongCode);
    expect(await db.recoveryCode.count({ where: { usedAt: null } })).toBe(9);
  });

  it("of another person is worth nothing, and stays good for its own", async () => {
    const { db, codes } = await withApp();
    await withApp("bob@example.org", db);
    const [code = ""] = codes;
    const bobs = await passed(db, "bob@example.org");
    await expect(finish(db, bobs, { by: "recovery", code })).rejects.toMatchObject(wrongCode);
    await finish(db, await passed(db), { by: "recovery", code });
  });
});

describe("a passkey as the second factor", () => {
  async function asked() {
    const db = await tempDb();
    await person(db);
    const { ctx } = await signedInContext(db);
    const { key } = await withPasskey(ctx);
    const cookie = await passed(db);
    const browser = visitor(db, { cookie, clock: () => later(step) });
    return { db, key, cookie, browser, options: await askSecondPasskey(browser, rp) };
  }
  const answer = (key: SoftAuthenticator, ...from: Parameters<SoftAuthenticator["get"]>) =>
    ({ by: "passkey", response: key.get(...from) }) as const;
  const refused = { code: "input.invalid", fields: { passkey: { key: "field.passkey.refused" } } };

  it("signs in, also without having verified its person: the password did", async () => {
    const { db, key, cookie, options } = await asked();
    expect(options.allowCredentials?.map(({ id }) => id)).toEqual([key.id.toString("base64url")]);
    await finish(db, cookie, answer(key, options, { verified: false }));
    expect(await db.session.count()).toBe(2);
    expect((await db.passkey.findFirstOrThrow()).counter).toBe(1);
  });

  it("a challenge is used up by a wrong answer, too", async () => {
    const { db, key, cookie, options } = await asked();
    const evil = answer(key, options, { origin: "https://evil.example" });
    await expect(finish(db, cookie, evil)).rejects.toMatchObject(refused);
    await expect(finish(db, cookie, answer(key, options))).rejects.toMatchObject(refused);
  });

  it("asked for again, only the last challenge counts", async () => {
    const { db, key, cookie, browser, options } = await asked();
    const newer = await askSecondPasskey(browser, rp);
    await expect(finish(db, cookie, answer(key, options))).rejects.toMatchObject(refused);
    const newest = await askSecondPasskey(browser, rp);
    expect(newest.challenge).not.toBe(newer.challenge);
    await finish(db, cookie, answer(key, newest));
  });

  it("another person's, even with this challenge: refused", async () => {
    const { db, cookie, options } = await asked();
    await person(db, { email: "bob@example.org" });
    const { ctx: bob } = await signedInContext(db, { ...right, email: "bob@example.org" });
    const { key } = await withPasskey(bob);
    await expect(finish(db, cookie, answer(key, options))).rejects.toMatchObject(refused);
  });

  it("is asked of nobody without the password", async () => {
    const { db } = await asked();
    await expect(askSecondPasskey(visitor(db), rp)).rejects.toMatchObject(over);
  });
});

describe("doors besides our own form", () => {
  it("next-auth's credentials let nobody past the second factor", async () => {
    const { db } = await withApp();
    const noCheck = async () => expect.unreachable("a door that cannot ask keeps no check");
    expect(await nextAuthDoor(visitor(db), noCheck).signIn(right)).toBeNull();
    expect(await db.session.count()).toBe(1);
  });

  it("V6.3.8: refuse as for a wrong password, so that they tell nothing", async () => {
    const { db } = await withApp();
    const shape = { code: "auth.required", userMessage: { key: "auth.credentials" } };
    await expect(signIn(visitor(db), right)).rejects.toMatchObject(shape);
    const wrongPassword = { ...right, password: "not the password" };
    await expect(signIn(visitor(db), wrongPassword)).rejects.toMatchObject(shape);
    await expect(beginSignIn(visitor(db), wrongPassword)).rejects.toMatchObject(shape);
  });

  it("login floods: a wrong password leaves no check behind", async () => {
    const { db } = await withApp();
    for (let index = 0; index < 5; index++) {
      const attempt = beginSignIn(visitor(db), { ...right, password: "not the password" });
      await expect(attempt).rejects.toMatchObject({ code: "auth.required" });
    }
    expect(await db.signInCheck.count()).toBe(0);
  });
});

describe("a sign-in that waits for its second factor", () => {
  it("ends when the password changes", async () => {
    const { db, ctx, secret } = await withApp();
    const cookie = await passed(db);
    await changePassword(ctx, { current: goodPassword, next: "another long pass phrase" });
    const code = totp(codeAt(secret, later(step)));
    await expect(finish(db, cookie, code)).rejects.toMatchObject(over);
  });

  it("ends when the user is disabled", async () => {
    const { db, user, secret } = await withApp();
    await person(db, { email: "admin@example.org", isAdmin: true });
    const { ctx: admin } = await signedInContext(db, { ...right, email: "admin@example.org" });
    const cookie = await passed(db);
    const ended: string[] = [];
    const stop = onSessionEnded((id) => ended.push(id));
    await setUserDisabled(admin, { userId: user.id, disabled: true });
    stop();
    expect(ended).toHaveLength(1);
    const code = totp(codeAt(secret, later(step)));
    await expect(finish(db, cookie, code)).rejects.toMatchObject(over);
  });
});
