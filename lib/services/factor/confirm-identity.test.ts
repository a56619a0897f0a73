import { describe, expect, it } from "vitest";
import { endSessionWith, formerSecretMs } from "@/lib/auth/session";
import { tempDb } from "@/lib/db/testing/temp-db";
import {
  actorWith,
  cookieOf,
  goodPassword,
  later,
  person,
  signedInContext,
} from "@/lib/services/user/testing/people";
import { assertProvedRecently, proofMs } from "./assert-proved";
import { confirmIdentity } from "./confirm-identity";
import { proofWays } from "./proof-ways";

async function signedIn() {
  const db = await tempDb();
  await person(db);
  const { ctx, cookie } = await signedInContext(db);
  return { db, ctx, cookie, afterwards: (ms: number) => ({ ...ctx, clock: () => later(ms) }) };
}

const proveAgain = { code: "auth.forbidden", userMessage: { key: "auth.prove_again" } };

describe("a recent proof", () => {
  it("is the sign-in, for 15 minutes", async () => {
    const { afterwards } = await signedIn();
    await assertProvedRecently(afterwards(proofMs - 1));
    await expect(assertProvedRecently(afterwards(proofMs))).rejects.toMatchObject(proveAgain);
  });

  it("is renewed by the password", async () => {
    const { ctx, afterwards } = await signedIn();
    expect(await proofWays(ctx, null)).toEqual({ password: true, totp: false, passkey: null });
    await confirmIdentity(afterwards(proofMs), { by: "password", password: goodPassword }, null);
    await assertProvedRecently(afterwards(2 * proofMs - 1));
  });

  it("V7.2.4: gives the session another secret, and a copy of the old one soon opens nothing", async () => {
    const { db, ctx, cookie } = await signedIn();
    const secret = await confirmIdentity(ctx, { by: "password", password: goodPassword }, null);
    const renewed = await cookieOf({ secret: secret ?? "" });
    const { sessionId } = ctx.actor;
    for (const ms of [0, formerSecretMs, 60_000]) {
      expect(await actorWith(db, renewed, later(ms))).toMatchObject({ sessionId });
    }
    // What was under way with it comes to its end.
    expect(await actorWith(db, cookie, later(formerSecretMs - 1))).toMatchObject({ sessionId });
    expect(await actorWith(db, cookie, later(formerSecretMs))).toBeNull();

    const again = await confirmIdentity(ctx, { by: "password", password: goodPassword }, null);
    expect(await actorWith(db, renewed, later(formerSecretMs))).toBeNull();
    const last = await cookieOf({ secret: again ?? "" });
    expect(await actorWith(db, last, later(formerSecretMs))).toMatchObject({ sessionId });
    await endSessionWith(db, again ?? "", later(formerSecretMs));
    expect(await actorWith(db, last, later(formerSecretMs))).toBeNull();
  });

  it("of one session says nothing about another of the same person", async () => {
    const { db, ctx, afterwards } = await signedIn();
    const { ctx: other } = await signedInContext(db);
    await confirmIdentity(afterwards(proofMs), { by: "password", password: goodPassword }, null);
    const stolen = { ...afterwards(proofMs + 1), actor: other.actor };
    expect(stolen.actor.sessionId).not.toBe(ctx.actor.sessionId);
    await expect(assertProvedRecently(stolen)).rejects.toMatchObject(proveAgain);
  });

  it("brute force: a wrong password is told, written down, and counted", async () => {
    const { db, afterwards } = await signedIn();
    const attempt = () =>
      confirmIdentity(afterwards(proofMs), { by: "password", password: "not the password" }, null);
    for (let index = 0; index < 5; index++) {
      await expect(attempt()).rejects.toMatchObject({
        code: "input.invalid",
        fields: { password: { key: "field.password.wrong" } },
      });
    }
    await expect(attempt()).rejects.toMatchObject({ code: "rate.limited" });
    await expect(assertProvedRecently(afterwards(proofMs))).rejects.toMatchObject(proveAgain);
    const rows = await db.auditEvent.findMany({ where: { action: "session.prove" } });
    expect(rows.map((row) => row.outcome)).toEqual(Array(5).fill("refused"));
    expect(JSON.stringify(rows)).not.toContain("not the password");
  });

  it("is not asked of a program, which cannot prove anything either", async () => {
    const { ctx } = await signedIn();
    const token = { id: "t", name: "ci", scopes: ["admin.write" as const], projectId: null };
    const program = { ...ctx, actor: { ...ctx.actor, sessionId: "", token } };
    await assertProvedRecently(program);
    await expect(
      confirmIdentity(program, { by: "password", password: goodPassword }, null),
    ).rejects.toMatchObject({ code: "auth.forbidden" });
  });
});
