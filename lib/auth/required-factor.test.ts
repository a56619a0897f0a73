import { describe, expect, it, onTestFinished } from "vitest";
import type { Db } from "@/lib/db/client";
import { tempDb } from "@/lib/db/testing/temp-db";
import { env } from "@/lib/env";
import { withPasskey, withTotp } from "@/lib/services/factor/testing/factors";
import { actorWith, later, person, signedInContext } from "@/lib/services/user/testing/people";
import { personOfRequest } from "./request-actor";

async function required(db: Db, rule: string): Promise<void> {
  await db.setting.create({ data: { key: "requireSecondFactor", value: JSON.stringify(rule) } });
}

async function signedIn(differs: Parameters<typeof person>[1] = {}) {
  const db = await tempDb();
  const user = await person(db, differs);
  return { db, user, ...(await signedInContext(db)) };
}

describe("who lacks a required second factor", () => {
  it("is nobody to every door, and a person to the enrolment alone", async () => {
    const { db, user, cookie } = await signedIn();
    await required(db, "everyone");
    expect(await actorWith(db, cookie)).toBeNull();
    const facts = { cookie, ip: "192.0.2.10", userAgent: "test" };
    expect(await personOfRequest(facts, db, later(0))).toMatchObject({
      actor: { userId: user.id },
      mustEnrol: true,
    });
  });

  it.each([
    ["an app", withTotp],
    ["a passkey", withPasskey],
  ])("is let in again by %s", async (_name, enrol) => {
    const { db, ctx, cookie } = await signedIn();
    await required(db, "everyone");
    await enrol(ctx);
    expect(await actorWith(db, cookie)).not.toBeNull();
  });

  it("is not helped by an app that was never confirmed", async () => {
    const { db, user, cookie } = await signedIn();
    await required(db, "everyone");
    await db.user.update({ where: { id: user.id }, data: { totpSecret: "begun" } });
    expect(await actorWith(db, cookie)).toBeNull();
  });

  it.each<[string, { isAdmin?: boolean }, boolean, boolean]>([
    ["admins", { isAdmin: true }, false, false],
    ["admins", {}, false, true],
    ["admins", {}, true, false],
    ["nobody", { isAdmin: true }, false, true],
  ])("required of %s: %j, auditor %s, may go on: %s", async (rule, differs, isAuditor, free) => {
    const { db, user, cookie } = await signedIn(differs);
    await db.user.update({ where: { id: user.id }, data: { isAuditor } });
    await required(db, rule);
    expect((await actorWith(db, cookie)) !== null).toBe(free);
  });

  it.each([
    ["portal", false],
    ["provider", true],
  ])("V6.8.4: known by a provider alone, with the %s to ask, may go on: %s", async (who, free) => {
    const settings = env();
    const before = { ...settings };
    onTestFinished(() => void Object.assign(settings, before));
    Object.assign(settings, { PORTICO_OIDC_SECOND_FACTOR: who });
    const { db, user, cookie } = await signedIn();
    await db.user.update({ where: { id: user.id }, data: { passwordHash: null } });
    await required(db, "everyone");
    expect((await actorWith(db, cookie)) !== null).toBe(free);
  });

  it("is not asked for anything by a value that nobody can have set", async () => {
    const { db, cookie } = await signedIn();
    await db.setting.create({ data: { key: "requireSecondFactor", value: "{" } });
    expect(await actorWith(db, cookie)).not.toBeNull();
  });
});
