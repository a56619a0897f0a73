import { describe, expect, it } from "vitest";
import { tempDb } from "@/lib/db/testing/temp-db";
import { proofMs } from "@/lib/services/factor/assert-proved";
import { later, noon, person, signedInContext } from "@/lib/services/user/testing/people";
import { confirmIdentity } from "./confirm-identity";
import { confirmTotp } from "./confirm-totp";
import { listFactors } from "./list-factors";
import { renewRecoveryCodes } from "./renew-recovery-codes";
import { startTotp } from "./start-totp";
import { codeAt, rp, withPasskey, withTotp } from "./testing/factors";
import { turnOffTotp } from "./turn-off-totp";

async function signedIn() {
  const db = await tempDb();
  const user = await person(db);
  const { ctx } = await signedInContext(db);
  return { db, user, ctx, afterwards: (ms: number) => ({ ...ctx, clock: () => later(ms) }) };
}

const wrongCode = { code: "input.invalid", fields: { code: { key: "field.code.wrong" } } };
const proveAgain = { code: "auth.forbidden", userMessage: { key: "auth.prove_again" } };

describe("setting up an authenticator app", () => {
  it("is done by the app's first code, and gives ten recovery codes", async () => {
    const { db, user, ctx } = await signedIn();
    const { secret, qr } = await startTotp(ctx);
    expect(qr).toMatch(/^data:image\/svg\+xml;base64,/);
    expect(await listFactors(ctx)).toMatchObject({ totp: false, recoveryCodes: 0 });
    const { recoveryCodes } = await confirmTotp(ctx, { code: codeAt(secret, noon) });
    expect(recoveryCodes).toHaveLength(10);
    expect(await listFactors(ctx)).toMatchObject({ totp: true, recoveryCodes: 10 });
    const everything = JSON.stringify([
      await db.user.findMany({ where: { id: user.id } }),
      await db.recoveryCode.findMany(),
      await db.auditEvent.findMany(),
    ]);
    for (const secretText of [secret, ...(recoveryCodes ?? [])]) {
      expect(everything).not.toContain(secretText);
    }
    expect(everything).toContain("factor.totp_on");
  });

  it("does not count before a right code, and not by a wrong one", async () => {
    const { db, ctx } = await signedIn();
    const { secret } = await startTotp(ctx);
    const stale = codeAt(secret, later(-90_000));
    await expect(confirmTotp(ctx, { code: stale })).rejects.toMatchObject(wrongCode);
    expect(await listFactors(ctx)).toMatchObject({ totp: false, recoveryCodes: 0 });
    const refused = { action: "factor.totp_on", outcome: "refused" };
    expect(await db.auditEvent.count({ where: refused })).toBe(1);
  });

  it("begun again makes the first secret worthless", async () => {
    const { ctx } = await signedIn();
    const first = await startTotp(ctx);
    await startTotp(ctx);
    const code = codeAt(first.secret, noon);
    await expect(confirmTotp(ctx, { code })).rejects.toMatchObject(wrongCode);
  });

  it("brute force: five wrong first codes, then none is looked at", async () => {
    const { ctx } = await signedIn();
    const { secret } = await startTotp(ctx);
    const stale = codeAt(secret, later(-90_000));
    for (let index = 0; index < 5; index++) {
      await expect(confirmTotp(ctx, { code: stale })).rejects.toMatchObject(wrongCode);
    }
    const right = confirmTotp(ctx, { code: codeAt(secret, noon) });
    await expect(right).rejects.toMatchObject({ code: "rate.limited" });
  });

  it("does not replace an app that is set up", async () => {
    const { db, ctx } = await signedIn();
    await withTotp(ctx);
    const before = await db.user.findFirstOrThrow();
    await expect(startTotp(ctx)).rejects.toMatchObject({ code: "conflict.exists" });
    expect(await db.user.findFirstOrThrow()).toEqual(before);
  });

  it("gives no second list of recovery codes to who has one", async () => {
    const { ctx } = await signedIn();
    await withPasskey(ctx);
    expect((await withTotp(ctx)).codes).toBeNull();
  });
});

describe("what a stolen session must not do", () => {
  it.each([
    ["begin with an app", startTotp],
    ["finish it", (ctx: Parameters<typeof startTotp>[0]) => confirmTotp(ctx, { code: "123456" })],
    ["turn the app off", turnOffTotp],
    ["make recovery codes", renewRecoveryCodes],
  ])("%s without a recent proof", async (_name, call) => {
    const { db, ctx, afterwards } = await signedIn();
    await withTotp(ctx);
    const state = async () => [await db.user.findMany(), await db.recoveryCode.findMany()];
    const before = await state();
    await expect(call(afterwards(proofMs))).rejects.toMatchObject(proveAgain);
    expect(await state()).toEqual(before);
  });
});

describe("a code of the app as the proof again", () => {
  it("works once, and no older one after it", async () => {
    const { ctx, afterwards } = await signedIn();
    const { secret } = await withTotp(ctx);
    const at = afterwards(proofMs);
    const code = codeAt(secret, at.clock());
    await confirmIdentity(at, { by: "totp", code }, rp);
    await turnOffTotp(at);
    expect(await listFactors(at)).toMatchObject({ totp: false, recoveryCodes: 0 });
  });

  it("reused code, and the code of the previous step: refused", async () => {
    const { ctx, afterwards } = await signedIn();
    const { secret } = await withTotp(ctx);
    const at = afterwards(proofMs);
    const code = codeAt(secret, at.clock());
    await confirmIdentity(at, { by: "totp", code }, rp);
    await expect(confirmIdentity(at, { by: "totp", code }, rp)).rejects.toMatchObject(wrongCode);
    const before = codeAt(secret, later(proofMs - 30_000));
    await expect(confirmIdentity(at, { by: "totp", code: before }, rp)).rejects.toMatchObject(
      wrongCode,
    );
    const next = codeAt(secret, later(proofMs + 30_000));
    await confirmIdentity(at, { by: "totp", code: next }, rp);
  });

  it("is worth nothing without a confirmed app", async () => {
    const { ctx } = await signedIn();
    const { secret } = await startTotp(ctx);
    const code = codeAt(secret, noon);
    await expect(confirmIdentity(ctx, { by: "totp", code }, rp)).rejects.toMatchObject(wrongCode);
  });
});

describe("recovery codes", () => {
  it("made anew replace the old ones", async () => {
    const { db, ctx } = await signedIn();
    await withTotp(ctx);
    const before = await db.recoveryCode.findMany();
    const { recoveryCodes } = await renewRecoveryCodes(ctx);
    expect(new Set(recoveryCodes).size).toBe(10);
    const hashes = (await db.recoveryCode.findMany()).map((row) => row.codeHash);
    expect(hashes).toHaveLength(10);
    for (const row of before) expect(hashes).not.toContain(row.codeHash);
  });

  it("need a factor to stand in for", async () => {
    const { db, ctx } = await signedIn();
    await expect(renewRecoveryCodes(ctx)).rejects.toMatchObject({
      userMessage: { key: "auth.no_factor" },
    });
    expect(await db.recoveryCode.count()).toBe(0);
  });

  it("outlive the app while there is a passkey", async () => {
    const { ctx } = await signedIn();
    await withTotp(ctx);
    await withPasskey(ctx);
    await turnOffTotp(ctx);
    expect(await listFactors(ctx)).toMatchObject({ totp: false, recoveryCodes: 10 });
  });
});
