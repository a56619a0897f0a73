import { describe, expect, it } from "vitest";
import { tempDb } from "@/lib/db/testing/temp-db";
import { makeWorld } from "@/lib/services/testing/world";
import {
  actorWith,
  goodPassword,
  later,
  person,
  signedInContext,
} from "@/lib/services/user/testing/people";
import { proofMs } from "./assert-proved";
import { clearSecondFactors } from "./clear-second-factors";
import { listFactors } from "./list-factors";
import { withPasskey, withTotp } from "./testing/factors";

async function lostPhone() {
  const db = await tempDb();
  const bob = await person(db, { email: "bob@example.org" });
  const his = await signedInContext(db, { email: bob.email, password: goodPassword });
  await withTotp(his.ctx);
  await withPasskey(his.ctx);
  await person(db, { isAdmin: true });
  return { db, bob, his, ...(await signedInContext(db)) };
}

describe("clearing somebody's second factors", () => {
  it("leaves the password alone, ends the person's sessions, and is written down", async () => {
    const { db, bob, his, ctx, cookie } = await lostPhone();
    await clearSecondFactors(ctx, { userId: bob.id });
    expect(await listFactors(his.ctx)).toEqual({ totp: false, passkeys: [], recoveryCodes: 0 });
    expect(await actorWith(db, his.cookie)).toBeNull();
    expect(await actorWith(db, cookie)).not.toBeNull();
    const row = await db.auditEvent.findFirstOrThrow({ where: { action: "user.clear_factors" } });
    expect(row).toMatchObject({ outcome: "ok", targetId: bob.id, targetName: bob.email });
    expect(JSON.parse(row.detail)).toEqual({ totp: true, passkeys: 1 });
    const again = await signedInContext(db, { email: bob.email, password: goodPassword });
    expect(again.ctx.actor.userId).toBe(bob.id);
  });

  it("takes a recent proof, and somebody who is there", async () => {
    const { bob, his, ctx } = await lostPhone();
    const before = await listFactors(his.ctx);
    const at = { ...ctx, clock: () => later(proofMs) };
    await expect(clearSecondFactors(at, { userId: bob.id })).rejects.toMatchObject({
      userMessage: { key: "auth.prove_again" },
    });
    await expect(clearSecondFactors(ctx, { userId: "nobody" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await listFactors(his.ctx)).toEqual(before);
  });

  it.each(["owner", "auditor", "outsider"] as const)("is not the %s's to do", async (role) => {
    const world = await makeWorld();
    const { userId } = world.member.actor;
    await world.db.user.update({ where: { id: userId }, data: { totpConfirmedAt: new Date() } });
    const before = await world.db.user.findMany();
    await expect(clearSecondFactors(world[role], { userId })).rejects.toMatchObject({
      code: "auth.forbidden",
    });
    expect(await world.db.user.findMany()).toEqual(before);
  });
});
