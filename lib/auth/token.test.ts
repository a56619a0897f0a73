import { describe, expect, it } from "vitest";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { makeWorld, type World } from "@/lib/services/testing/world";
import { actorOfApiRequest, bearerOf } from "./api-actor";
import { actorOfToken } from "./token";
import { hashOfToken, newTokenSecret } from "./token-secret";
import { flushTokenUses } from "./token-uses";

const hourMs = 3_600_000;

async function addToken(
  world: World,
  data: { userId?: string; projectId?: string; expiresAt?: Date; revokedAt?: Date } = {},
): Promise<{ secret: string; id: string }> {
  const secret = newTokenSecret();
  const id = newId();
  await world.db.apiToken.create({
    data: {
      id,
      tokenHash: hashOfToken(secret) ?? "",
      hint: secret.slice(0, 12),
      name: "ci",
      userId: world.member.actor.userId,
      scopes: '["read","vm.write","no such scope"]',
      expiresAt: new Date(Date.now() + hourMs),
      ...data,
    },
  });
  return { secret, id };
}

const who = (db: Db, secret: string, now?: Date) => actorOfToken(secret, "192.0.2.9", db, now);

describe("a personal token", () => {
  it("acts as its user, within its scopes", async () => {
    const world = await makeWorld();
    const { secret, id } = await addToken(world);
    expect(await who(world.db, secret)).toEqual({
      ...world.member.actor,
      sessionId: `token:${id}`,
      ip: "192.0.2.9",
      token: { id, name: "ci", scopes: ["read", "vm.write"], projectId: null },
    });
  });

  it("has at once what its user has now, and nothing when he is disabled", async () => {
    const world = await makeWorld();
    const { secret } = await addToken(world);
    const { userId } = world.member.actor;
    await world.db.membership.deleteMany({ where: { userId } });
    expect(await who(world.db, secret)).toMatchObject({ memberships: [] });
    await world.db.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    expect(await who(world.db, secret)).toBeNull();
  });

  it("opens nothing while its user lacks a second factor that is required of him", async () => {
    const world = await makeWorld();
    const { secret } = await addToken(world);
    const { userId: id } = world.member.actor;
    await world.db.user.update({ where: { id }, data: { passwordHash: "has one" } });
    await world.db.setting.create({ data: { key: "requireSecondFactor", value: '"everyone"' } });
    expect(await who(world.db, secret)).toBeNull();
    const passkey = { id: "key", userId: id, name: "Key", publicKey: "k" };
    await world.db.passkey.create({ data: passkey });
    expect(await who(world.db, secret)).toMatchObject({ userId: id });
  });

  it("expired, revoked, forged or mistyped is nobody's", async () => {
    const world = await makeWorld();
    const { secret } = await addToken(world);
    expect(await who(world.db, secret, new Date(Date.now() + hourMs + 1))).toBeNull();
    const revoked = await addToken(world, { revokedAt: new Date() });
    expect(await who(world.db, revoked.secret)).toBeNull();
    expect(await who(world.db, newTokenSecret())).toBeNull();
    expect(await who(world.db, `${secret}x`)).toBeNull();
  });

  it("has its use written down by itself, a little later", async () => {
    const world = await makeWorld();
    const { secret, id } = await addToken(world);
    await who(world.db, secret);
    const row = () => world.db.apiToken.findUniqueOrThrow({ where: { id } });
    await expect.poll(row).toMatchObject({ lastUsedIp: "192.0.2.9" });
  });

  it("shows when and from where it was last used, written once a minute", async () => {
    const world = await makeWorld();
    const { secret, id } = await addToken(world);
    const now = new Date();
    const at = (ms: number) => new Date(now.getTime() + ms);
    const row = async () => {
      await flushTokenUses(world.db);
      return world.db.apiToken.findUniqueOrThrow({ where: { id } });
    };
    await Promise.all(Array.from({ length: 20 }, () => who(world.db, secret, now)));
    expect(await row()).toMatchObject({ lastUsedAt: now, lastUsedIp: "192.0.2.9" });
    await actorOfToken(secret, "192.0.2.10", world.db, at(59_000));
    expect(await row()).toMatchObject({ lastUsedAt: now, lastUsedIp: "192.0.2.9" });
    await actorOfToken(secret, "192.0.2.10", world.db, at(61_000));
    expect(await row()).toMatchObject({ lastUsedAt: at(61_000), lastUsedIp: "192.0.2.10" });
  });
});

describe("a project's token", () => {
  it("acts in its project alone, even when its maker is an administrator", async () => {
    const world = await makeWorld();
    const { userId } = world.admin.actor;
    const { secret, id } = await addToken(world, { userId, projectId: world.project });
    expect(await who(world.db, secret)).toMatchObject({
      name: "ci",
      isAdmin: false,
      isAuditor: false,
      memberships: [{ projectId: world.project, role: "owner" }],
      token: { id, projectId: world.project },
    });
  });

  it("lives on when its maker leaves the project, and ends when he is disabled", async () => {
    const world = await makeWorld();
    const { userId } = world.owner.actor;
    const { secret } = await addToken(world, { userId, projectId: world.project });
    await world.db.membership.deleteMany({ where: { userId } });
    expect(await who(world.db, secret)).not.toBeNull();
    await world.db.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    expect(await who(world.db, secret)).toBeNull();
  });
});

describe("where a token is taken from", () => {
  const facts = { cookie: null, ip: "192.0.2.9", userAgent: null };

  it.each([
    ["Bearer", (secret: string) => `Bearer ${secret}`, true],
    ["bearer, as some clients write it", (secret: string) => `bearer  ${secret}`, true],
    ["a basic password", (s: string) => `Basic ${Buffer.from(`x:${s}`).toString("base64")}`, false],
    ["another scheme", (secret: string) => `Token ${secret}`, false],
    ["no scheme", (secret: string) => secret, false],
    ["two at once", (secret: string) => `Bearer ${secret} ${secret}`, false],
  ])("%s", async (_what, header, taken) => {
    const world = await makeWorld();
    const { secret } = await addToken(world);
    const authorization = header(secret);
    const actor = await actorOfApiRequest({ ...facts, authorization }, world.db);
    expect(actor !== null).toBe(taken);
    expect(bearerOf(authorization) !== null).toBe(taken);
  });

  it("never from a cookie", async () => {
    const world = await makeWorld();
    const { secret } = await addToken(world);
    const cookie = `portico-session=${secret}; token=${secret}; Authorization=Bearer ${secret}`;
    expect(await actorOfApiRequest({ ...facts, cookie, authorization: null }, world.db)).toBeNull();
  });
});
