import { describe, expect, it } from "vitest";
import { SoftAuthenticator } from "@/lib/auth/testing/soft-authenticator";
import type { Db } from "@/lib/db/client";
import { tempDb } from "@/lib/db/testing/temp-db";
import type { Context } from "@/lib/services/context";
import { goodPassword, later, person, signedInContext } from "@/lib/services/user/testing/people";
import { addPasskey, passkeyLimit, startPasskey } from "./add-passkey";
import { assertProvedRecently, proofMs } from "./assert-proved";
import { confirmIdentity } from "./confirm-identity";
import { listFactors } from "./list-factors";
import { proofWays } from "./proof-ways";
import { removePasskey } from "./remove-passkey";
import { renamePasskey } from "./rename-passkey";
import { rp, withPasskey } from "./testing/factors";

const refused = { code: "input.invalid", fields: { passkey: { key: "field.passkey.refused" } } };

async function signedIn() {
  const db = await tempDb();
  await person(db);
  const { ctx } = await signedInContext(db);
  return { db, ctx };
}

async function another(db: Db): Promise<Context> {
  await person(db, { email: "bob@example.org" });
  return (await signedInContext(db, { email: "bob@example.org", password: goodPassword })).ctx;
}

function at(ctx: Context, ms: number): Context {
  return { ...ctx, clock: () => later(ms) };
}

describe("adding a passkey", () => {
  it("keeps its key under the name, and gives recovery codes the first time", async () => {
    const { db, ctx } = await signedIn();
    const { key, codes } = await withPasskey(ctx, "Laptop");
    expect(codes).toHaveLength(10);
    const { passkeys } = await listFactors(ctx);
    expect(passkeys).toMatchObject([{ name: "Laptop", lastUsedAt: null }]);
    expect(passkeys[0]?.id).toBe(key.id.toString("base64url"));
    expect((await withPasskey(ctx, "Phone")).codes).toBeNull();
    const { options } = await startPasskey(ctx, rp);
    expect(options.excludeCredentials).toHaveLength(2);
    expect(await db.auditEvent.count({ where: { action: "factor.passkey_add" } })).toBe(2);
  });

  it.each<[string, Parameters<SoftAuthenticator["create"]>[1]]>([
    ["another portal's origin", { origin: "https://evil.example" }],
    ["another relying party", { rpId: "evil.example" }],
  ])("%s: refused and written down", async (_name, differs) => {
    const { db, ctx } = await signedIn();
    const { options, ticket } = await startPasskey(ctx, rp);
    const response = new SoftAuthenticator(rp.origin).create(options, differs);
    const input = { name: "Key", response, ticket };
    await expect(addPasskey(ctx, input, rp)).rejects.toMatchObject(refused);
    expect(await db.passkey.count()).toBe(0);
    expect(await db.auditEvent.count({ where: { outcome: "refused" } })).toBe(1);
  });

  it("a challenge works once, for five minutes, and in its own session only", async () => {
    const { db, ctx } = await signedIn();
    const { options, ticket } = await startPasskey(ctx, rp);
    const input = () => {
      const response = new SoftAuthenticator(rp.origin).create(options);
      return { name: "Key", response, ticket };
    };
    const bob = await another(db);
    await expect(addPasskey(bob, input(), rp)).rejects.toMatchObject(refused);
    await expect(addPasskey(at(ctx, 5 * 60_000), input(), rp)).rejects.toMatchObject(refused);
    await addPasskey(ctx, input(), rp);
    await expect(addPasskey(ctx, input(), rp)).rejects.toMatchObject(refused);
    expect(await db.passkey.count()).toBe(1);
  });

  it("an answer to another challenge is refused, and uses this one up", async () => {
    const { db, ctx } = await signedIn();
    const key = new SoftAuthenticator(rp.origin);
    const { options } = await startPasskey(ctx, rp);
    const { ticket, options: own } = await startPasskey(ctx, rp);
    const stolen = { name: "Key", response: key.create(options), ticket };
    await expect(addPasskey(ctx, stolen, rp)).rejects.toMatchObject(refused);
    const late = { name: "Key", response: key.create(own), ticket };
    await expect(addPasskey(ctx, late, rp)).rejects.toMatchObject(refused);
    expect(await db.passkey.count()).toBe(0);
  });

  it("a credential that another person has is refused in the same words", async () => {
    const { db, ctx } = await signedIn();
    const { key } = await withPasskey(ctx);
    const bob = await another(db);
    const { options, ticket } = await startPasskey(bob, rp);
    const input = { name: "Key", response: key.create(options), ticket };
    await expect(addPasskey(bob, input, rp)).rejects.toMatchObject(refused);
    expect((await db.passkey.findMany()).map((row) => row.userId)).toEqual([ctx.actor.userId]);
  });

  it("takes a recent proof, an address that browsers accept, and room", async () => {
    const { db, ctx } = await signedIn();
    await expect(startPasskey(at(ctx, proofMs), rp)).rejects.toMatchObject({
      userMessage: { key: "auth.prove_again" },
    });
    await expect(startPasskey(ctx, null)).rejects.toMatchObject({
      userMessage: { key: "auth.passkey_origin" },
    });
    const { userId } = ctx.actor;
    const rows = Array.from({ length: passkeyLimit }, (_each, index) => index);
    await db.passkey.createMany({
      data: rows.map((index) => ({ id: `k${index}`, userId, name: "K", publicKey: "k" })),
    });
    await expect(startPasskey(ctx, rp)).rejects.toMatchObject({
      userMessage: { key: "auth.passkey_limit" },
    });
  });
});

describe("one's passkeys", () => {
  it("are renamed and removed; the last one takes the recovery codes with it", async () => {
    const { db, ctx } = await signedIn();
    await withPasskey(ctx);
    const [row] = await db.passkey.findMany();
    const id = row?.id ?? "";
    await renamePasskey(ctx, { id, name: "Desk" });
    expect((await listFactors(ctx)).passkeys).toMatchObject([{ name: "Desk" }]);
    await expect(removePasskey(at(ctx, proofMs), { id })).rejects.toMatchObject({
      userMessage: { key: "auth.prove_again" },
    });
    await removePasskey(ctx, { id });
    expect(await listFactors(ctx)).toEqual({ totp: false, passkeys: [], recoveryCodes: 0 });
  });

  it("are another person's to nobody: not found, and nothing moves", async () => {
    const { db, ctx } = await signedIn();
    await withPasskey(ctx);
    const before = await db.passkey.findMany();
    const id = before[0]?.id ?? "";
    const bob = await another(db);
    await expect(renamePasskey(bob, { id, name: "Mine" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(removePasskey(bob, { id })).rejects.toMatchObject({ code: "not_found" });
    expect(await db.passkey.findMany()).toEqual(before);
    expect((await listFactors(bob)).passkeys).toEqual([]);
  });
});

describe("a passkey as the proof again", () => {
  async function asked() {
    const { db, ctx } = await signedIn();
    const { key } = await withPasskey(ctx);
    const now = at(ctx, proofMs);
    const { passkey } = await proofWays(now, rp);
    if (passkey === null) throw new Error("no passkey was asked for");
    return { db, ctx, now, key, ...passkey };
  }

  it("holds for 15 minutes, and the same answer works once", async () => {
    const { now, key, options, ticket } = await asked();
    const proof = { by: "passkey", response: key.get(options), ticket } as const;
    await confirmIdentity(now, proof, rp);
    await assertProvedRecently(now);
    await expect(confirmIdentity(now, proof, rp)).rejects.toMatchObject(refused);
  });

  it.each<[string, Parameters<SoftAuthenticator["get"]>[1]]>([
    ["another origin", { origin: "https://evil.example" }],
    ["another relying party", { rpId: "evil.example" }],
    ["another user", { userHandle: Buffer.from("somebody").toString("base64url") }],
  ])("%s: refused", async (_name, differs) => {
    const { now, key, options, ticket } = await asked();
    const proof = { by: "passkey", response: key.get(options, differs), ticket } as const;
    await expect(confirmIdentity(now, proof, rp)).rejects.toMatchObject(refused);
  });

  it("a counter that has not moved on, as a copied key's: refused", async () => {
    const { db, now, key, options, ticket } = await asked();
    await db.passkey.updateMany({ data: { counter: 5 } });
    const response = key.get(options, { counter: 5 });
    const proof = { by: "passkey", response, ticket } as const;
    await expect(confirmIdentity(now, proof, rp)).rejects.toMatchObject(refused);
    expect((await db.passkey.findFirstOrThrow()).counter).toBe(5);
  });

  it("another person's passkey: refused", async () => {
    const { db, now, options, ticket } = await asked();
    const { key } = await withPasskey(await another(db));
    const proof = { by: "passkey", response: key.get(options), ticket } as const;
    await expect(confirmIdentity(now, proof, rp)).rejects.toMatchObject(refused);
  });

  it("another session's challenge: refused", async () => {
    const { db, key, options, ticket } = await asked();
    await db.passkey.deleteMany();
    const { ctx: other } = await signedInContext(db);
    const proof = { by: "passkey", response: key.get(options), ticket } as const;
    await expect(confirmIdentity(other, proof, rp)).rejects.toMatchObject(refused);
  });
});
