import { describe, expect, it } from "vitest";
import { tempDb } from "@/lib/db/testing/temp-db";
import { changeEmail } from "./change-email";
import { changeName } from "./change-name";
import { getProfile } from "./get-profile";
import { signIn } from "./sign-in";
import { goodPassword, person, signedInContext, visitor } from "./testing/people";

async function signedIn() {
  const db = await tempDb();
  await person(db);
  const { ctx } = await signedInContext(db);
  return { db, ctx };
}

const email = "ada.l@example.org";

describe("the own profile", () => {
  it("changes the name, and writes down both", async () => {
    const { db, ctx } = await signedIn();
    await changeName(ctx, { name: "Ada Lovelace" });
    expect(await getProfile(ctx)).toMatchObject({ name: "Ada Lovelace", hasPassword: true });
    const row = await db.auditEvent.findFirstOrThrow({ where: { action: "user.change_name" } });
    expect(JSON.parse(row.detail)).toEqual({ before: "Ada", name: "Ada Lovelace" });
  });

  it("changes the address by the password: the new one signs in, the old one no more", async () => {
    const { db, ctx } = await signedIn();
    await db.passwordReset.create({
      data: { tokenHash: "h", userId: ctx.actor.userId, expiresAt: new Date("2031-01-01") },
    });
    await changeEmail(ctx, { email, password: goodPassword });
    expect(await db.passwordReset.count()).toBe(0);
    await signIn(visitor(db), { email, password: goodPassword });
    await expect(
      signIn(visitor(db), { email: "ada@example.org", password: goodPassword }),
    ).rejects.toMatchObject({ code: "auth.required" });
  });

  it("does not without the password, whoever holds the session", async () => {
    const { db, ctx } = await signedIn();
    const before = await db.user.findMany();
    await expect(changeEmail(ctx, { email, password: "not the password" })).rejects.toMatchObject({
      fields: { password: { key: "field.password.wrong" } },
    });
    expect(await db.user.findMany()).toEqual(before);
    expect(await db.auditEvent.findMany({ where: { action: "user.change_email" } })).toMatchObject([
      { outcome: "refused", targetName: "ada@example.org" },
    ]);
  });

  it("enumeration: a taken address is refused without saying why, and only a few times", async () => {
    const { db, ctx } = await signedIn();
    await person(db, { email: "bob@example.org" });
    const attempt = () => changeEmail(ctx, { email: "bob@example.org", password: goodPassword });
    for (let index = 0; index < 5; index++) {
      const refused = await attempt().catch((error: unknown) => error);
      expect(refused).toMatchObject({ fields: { email: { key: "field.email.unusable" } } });
      expect(String(refused)).not.toMatch(/taken|exists|bob/);
    }
    await expect(attempt()).rejects.toMatchObject({ code: "rate.limited" });
    const rows = await db.auditEvent.findMany({ where: { action: "user.change_email" } });
    expect(rows.map((row) => row.outcome)).toEqual(Array(5).fill("refused"));
  });

  it("two people who want one address at the same time: one gets it", async () => {
    const { db, ctx } = await signedIn();
    await person(db, { email: "bob@example.org" });
    const bob = await signedInContext(db, { email: "bob@example.org", password: goodPassword });
    const results = await Promise.allSettled([
      changeEmail(ctx, { email, password: goodPassword }),
      changeEmail(bob.ctx, { email, password: goodPassword }),
    ]);
    expect(results.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("is not for API tokens", async () => {
    const { ctx } = await signedIn();
    const token = { id: "t", name: "t", scopes: ["admin.write"] as const, projectId: null };
    const program = { ...ctx, actor: { ...ctx.actor, token } };
    for (const call of [
      getProfile(program),
      changeName(program, { name: "X" }),
      changeEmail(program, { email, password: goodPassword }),
    ]) {
      await expect(call).rejects.toMatchObject({ code: "auth.forbidden" });
    }
  });
});
