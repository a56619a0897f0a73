import { describe, expect, it } from "vitest";
import { challengeMs } from "@/lib/auth/challenge";
import { SoftAuthenticator } from "@/lib/auth/testing/soft-authenticator";
import type { Db } from "@/lib/db/client";
import { tempDb } from "@/lib/db/testing/temp-db";
import { rp, withPasskey } from "@/lib/services/factor/testing/factors";
import { askAnyPasskey, signInWithPasskey } from "./passkey-sign-in";
import {
  actorWith,
  cookieOf,
  later,
  noon,
  person,
  signedInContext,
  visitor,
} from "./testing/people";

const refused = { code: "auth.required", userMessage: { key: "auth.passkey" }, fields: {} };

/** A person with a passkey, and the question that a stranger's browser was asked. */
async function asked() {
  const db = await tempDb();
  const user = await person(db);
  const { ctx } = await signedInContext(db);
  const { key } = await withPasskey(ctx);
  return { db, user, key, ...(await question(db)) };
}

async function question(db: Db) {
  const given = await askAnyPasskey(visitor(db), rp);
  if (given === null) throw new Error("passkeys work at this address");
  return given;
}

describe("signing in by a passkey alone", () => {
  it("finds the person by the passkey, and says so in the audit log", async () => {
    const { db, user, key, options, ticket } = await asked();
    expect(options).toMatchObject({ userVerification: "required" });
    expect(options.allowCredentials ?? []).toEqual([]);
    const input = { response: key.get(options), ticket };
    const signedIn = await signInWithPasskey(visitor(db), input, rp);
    expect(await actorWith(db, await cookieOf(signedIn))).toMatchObject({ userId: user.id });
    const last = await db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(last).toMatchObject({ action: "session.sign_in", outcome: "ok", actorId: user.id });
    expect(JSON.parse(last.detail)).toEqual({ factor: "passkey alone" });
  });

  it("login floods: asking writes no row, and a forged answer none but its audit line", async () => {
    const { db, options, ticket } = await asked();
    const before = await db.signInCheck.count();
    for (let index = 0; index < 20; index++) await question(db);
    const forger = new SoftAuthenticator(rp.origin);
    const input = { response: forger.get(options, { userHandle: "eA" }), ticket };
    await expect(signInWithPasskey(visitor(db), input, rp)).rejects.toMatchObject(refused);
    expect(await db.signInCheck.count()).toBe(before);
    expect(await db.session.count()).toBe(1);
    expect(await db.auditEvent.count({ where: { outcome: "refused" } })).toBe(1);
  });

  it("replay: the same answer, or another to the same challenge, is refused", async () => {
    const { db, key, options, ticket } = await asked();
    const input = { response: key.get(options), ticket };
    await signInWithPasskey(visitor(db), input, rp);
    await expect(signInWithPasskey(visitor(db), input, rp)).rejects.toMatchObject(refused);
    const other = { response: key.get(options), ticket };
    await expect(signInWithPasskey(visitor(db), other, rp)).rejects.toMatchObject(refused);
    expect(await db.session.count()).toBe(2);
  });

  it.each<[string, Parameters<SoftAuthenticator["get"]>[1]]>([
    ["a person it has not verified", { verified: false }],
    ["another origin", { origin: "https://evil.example" }],
    ["another relying party", { rpId: "evil.example" }],
    ["another user", { userHandle: Buffer.from("somebody").toString("base64url") }],
    ["no user", { userHandle: null }],
    ["a counter of the past", { counter: 0 }],
  ])("%s: refused in the same words", async (_name, differs) => {
    const { db, key, options, ticket } = await asked();
    await db.passkey.updateMany({ data: { counter: 1 } });
    key.counter = 1;
    const input = { response: key.get(options, differs), ticket };
    await expect(signInWithPasskey(visitor(db), input, rp)).rejects.toMatchObject(refused);
    expect(await db.session.count()).toBe(1);
  });

  it("expired, absent or foreign note: refused", async () => {
    const { db, key, options, ticket } = await asked();
    const other = await question(db);
    for (const [note, ms] of [
      [ticket, challengeMs],
      [null, 0],
      ["x", 0],
      [other.ticket, 0],
    ] as const) {
      const at = visitor(db, { clock: () => later(ms) });
      const input = { response: key.get(options), ticket: note };
      await expect(signInWithPasskey(at, input, rp)).rejects.toMatchObject(refused);
    }
  });

  it("a disabled person: refused", async () => {
    const { db, user, key, options, ticket } = await asked();
    await db.user.update({ where: { id: user.id }, data: { disabledAt: noon } });
    const input = { response: key.get(options), ticket };
    await expect(signInWithPasskey(visitor(db), input, rp)).rejects.toMatchObject(refused);
  });

  it("brute force: one address gets 30 tries", async () => {
    const { db, options, ticket } = await asked();
    const forger = new SoftAuthenticator(rp.origin);
    const codes: string[] = [];
    for (let index = 0; index < 32; index++) {
      const input = { response: forger.get(options), ticket };
      codes.push(await signInWithPasskey(visitor(db), input, rp).catch((error) => error.code));
    }
    expect(codes.indexOf("rate.limited")).toBe(30);
  });

  it("is not offered where browsers would refuse it", async () => {
    const db = await tempDb();
    expect(await askAnyPasskey(visitor(db), null)).toBeNull();
  });
});
