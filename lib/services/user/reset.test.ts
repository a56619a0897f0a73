import { describe, expect, it } from "vitest";
import { resetTokenHash } from "@/lib/auth/reset-token";
import { onSessionEnded } from "@/lib/auth/session-events";
import type { Db } from "@/lib/db/client";
import { tempDb } from "@/lib/db/testing/temp-db";
import { makeResetLink } from "./make-reset-link";
import { readResetLink, resetPassword } from "./reset-password";
import { setUserDisabled } from "./set-user-disabled";
import { signIn } from "./sign-in";
import { actorWith, goodPassword, later, person, signedInContext, visitor } from "./testing/people";

const next = "another long pass phrase";
const hour = 3_600_000;
const refusedLink = { code: "auth.forbidden", userMessage: { key: "user.reset_link" } };

/** Ada, signed in, an administrator, and a link that the latter made for her. */
async function withLink() {
  const db = await tempDb();
  const ada = await person(db);
  await person(db, { email: "root@example.org", isAdmin: true });
  const admin = await signedInContext(db, { email: "root@example.org", password: goodPassword });
  const hers = await signedInContext(db);
  const { path } = await makeResetLink(admin.ctx, { userId: ada.id });
  const token = path.replace("/reset/", "");
  return { db, ada, admin, hers, token };
}

function passwordSignIn(db: Db, password: string) {
  return signIn(visitor(db), { email: "ada@example.org", password });
}

describe("a link to a new password", () => {
  it("sets it once, ends all sessions and signs nobody in", async () => {
    const { db, hers, token } = await withLink();
    const ended: string[] = [];
    const stop = onSessionEnded((id) => ended.push(id));
    await resetPassword(visitor(db), { token, password: next });
    stop();
    expect(ended).toEqual([hers.ctx.actor.sessionId]);
    expect(await actorWith(db, hers.cookie)).toBeNull();
    await expect(passwordSignIn(db, goodPassword)).rejects.toMatchObject({ code: "auth.required" });
    await passwordSignIn(db, next);
    await expect(
      resetPassword(visitor(db), { token, password: goodPassword }),
    ).rejects.toMatchObject(refusedLink);
  });

  it("works once for two who use it at the same time", async () => {
    const { db, token } = await withLink();
    const results = await Promise.allSettled([
      resetPassword(visitor(db), { token, password: next }),
      resetPassword(visitor(db), { token, password: `${next} too` }),
    ]);
    expect(results.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("is kept as a hash alone, in the log neither", async () => {
    const { db, token } = await withLink();
    expect(await db.passwordReset.findMany()).toMatchObject([{ tokenHash: resetTokenHash(token) }]);
    expect(JSON.stringify(await db.auditEvent.findMany())).not.toContain(token);
  });

  it("leaves second factors and the mark of a half sign-in behind as they must be", async () => {
    const { db, ada, token } = await withLink();
    await db.user.update({
      where: { id: ada.id },
      data: { totpSecret: "s", totpConfirmedAt: later(0) },
    });
    await db.signInCheck.create({
      data: { tokenHash: "c", userId: ada.id, expiresAt: later(hour) },
    });
    await resetPassword(visitor(db), { token, password: next });
    expect(await db.user.findUnique({ where: { id: ada.id } })).toMatchObject({ totpSecret: "s" });
    expect(await db.signInCheck.count()).toBe(0);
  });

  it("survives a weak password", async () => {
    const { db, token } = await withLink();
    await expect(resetPassword(visitor(db), { token, password: "short" })).rejects.toMatchObject({
      fields: { password: { key: "field.password.too_short" } },
    });
    expect(await readResetLink(visitor(db), token)).toEqual({
      email: "ada@example.org",
      name: "Ada",
    });
  });

  it.each([
    ["older than an hour", { after: hour }],
    ["made up", { given: "A".repeat(43) }],
    ["empty", { given: "" }],
    ["of a disabled account", { disabled: true }],
  ])("that is %s does nothing, in the same words", async (_name, how) => {
    const {
      after = 0,
      given,
      disabled = false,
    } = how as Partial<{
      after: number;
      given: string;
      disabled: boolean;
    }>;
    const { db, ada, admin, ...made } = await withLink();
    const token = given ?? made.token;
    if (disabled) await setUserDisabled(admin.ctx, { userId: ada.id, disabled });
    const stranger = visitor(db, { clock: () => later(after) });
    const before = await db.user.findMany();
    expect(await readResetLink(stranger, token)).toBeNull();
    await expect(resetPassword(stranger, { token, password: next })).rejects.toMatchObject(
      refusedLink,
    );
    expect(await db.user.findMany()).toEqual(before);
  });

  it("is not made for a disabled account", async () => {
    const { db, ada, admin } = await withLink();
    await setUserDisabled(admin.ctx, { userId: ada.id, disabled: true });
    await expect(makeResetLink(admin.ctx, { userId: ada.id })).rejects.toMatchObject({
      code: "conflict.rule",
    });
    expect(await db.passwordReset.count()).toBe(1);
  });
});
