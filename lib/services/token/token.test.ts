import { describe, expect, it } from "vitest";
import { onSessionEnded } from "@/lib/auth/session-events";
import { actorOfToken } from "@/lib/auth/token";
import { hashOfToken } from "@/lib/auth/token-secret";
import type { TokenScope } from "@/lib/policies/permissions";
import { tokenLimits } from "@/lib/policies/token";
import type { Context } from "../context";
import { removeMember } from "../project/remove-member";
import { makeWorld, type World } from "../testing/world";
import { deleteUser } from "../user/delete-user";
import { type CreateTokenInput, createToken, createTokenSchema } from "./create-token";
import { listTokens } from "./list-tokens";
import { revokeToken } from "./revoke-token";

const dayMs = 86_400_000;

function inputOf(change: Partial<CreateTokenInput> = {}): CreateTokenInput {
  return { projectId: null, name: "ci", scopes: ["read"], expiresInDays: 30, ...change };
}

/** The context of a request that brings this token. */
async function as(ctx: Context, secret: string): Promise<Context> {
  const actor = await actorOfToken(secret, "192.0.2.1", ctx.db);
  if (actor === null) throw new Error("the token opens nothing");
  return { ...ctx, actor };
}

async function withToken(ctx: Context, scopes: TokenScope[], projectId: string | null = null) {
  return as(ctx, (await createToken(ctx, inputOf({ scopes, projectId }))).secret);
}

describe("a new token", () => {
  it("is shown once: the row has only its hash, and audit and list have neither", async () => {
    const { db, member } = await makeWorld();
    const { secret, token } = await createToken(member, inputOf({ scopes: ["read", "vm.write"] }));
    const row = await db.apiToken.findUniqueOrThrow({ where: { id: token.id } });
    expect(row.tokenHash).toBe(hashOfToken(secret));
    const kept = JSON.stringify([
      row,
      await db.auditEvent.findMany(),
      await listTokens(member, { projectId: null }),
    ]);
    expect(kept).not.toContain(secret.slice(12));
    expect(token).toMatchObject({ name: "ci", projectId: null, scopes: ["read", "vm.write"] });
    const days = (Date.parse(token.expiresAt) - Date.parse(token.createdAt)) / dayMs;
    expect(days).toBeCloseTo(30, 3);
  });

  it("is made by who has proved lately who they are: a stolen session makes none", async () => {
    const { member, db } = await makeWorld();
    await db.session.updateMany({ data: { provedAt: null } });
    await expect(createToken(member, inputOf())).rejects.toMatchObject({
      userMessage: { key: "auth.prove_again" },
    });
  });

  it.each([0, -1, 366, 1.5, Number.NaN])("cannot live %s days", (expiresInDays) => {
    expect(createTokenSchema.safeParse({ ...inputOf(), expiresInDays }).success).toBe(false);
  });

  it("lives 90 days unless asked otherwise, and needs a scope", () => {
    const { expiresInDays: _, ...rest } = inputOf();
    expect(createTokenSchema.parse(rest).expiresInDays).toBe(90);
    expect(createTokenSchema.safeParse({ ...rest, scopes: [] }).success).toBe(false);
    expect(createTokenSchema.safeParse({ ...rest, scopes: ["everything"] }).success).toBe(false);
  });

  it("stops exactly at the cap, however many are asked for at once; revoked ones make room", async () => {
    const { db, member, outsider } = await makeWorld();
    const results = await Promise.allSettled(
      Array.from({ length: tokenLimits.perHolder + 5 }, () => createToken(member, inputOf())),
    );
    expect(results.filter((each) => each.status === "fulfilled")).toHaveLength(
      tokenLimits.perHolder,
    );
    await expect(createToken(member, inputOf())).rejects.toMatchObject({
      code: "quota.exceeded",
      userMessage: { key: "token.too_many" },
    });
    await createToken(outsider, inputOf());
    const first = await db.apiToken.findFirstOrThrow({ where: { userId: member.actor.userId } });
    await revokeToken(member, { tokenId: first.id });
    await createToken(member, inputOf());
  });

  it("of a project is for its owners, and cannot have a scope of the installation", async () => {
    const { project: projectId, owner, member, outsider, admin, db } = await makeWorld();
    await expect(createToken(member, inputOf({ projectId }))).rejects.toMatchObject({
      code: "auth.forbidden",
    });
    await expect(createToken(outsider, inputOf({ projectId }))).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      createToken(admin, inputOf({ projectId, scopes: ["admin.write"] })),
    ).rejects.toMatchObject({ fields: { scopes: { key: "field.token_scopes.project" } } });
    expect(await db.apiToken.count()).toBe(0);
    await createToken(owner, inputOf({ projectId }));
  });
});

describe("a token that makes tokens", () => {
  it("needs token.write, gives at most its own scopes and cannot be outlived", async () => {
    const { member } = await makeWorld();
    const reader = await withToken(member, ["read"]);
    await expect(createToken(reader, inputOf())).rejects.toMatchObject({
      userMessage: { key: "auth.scope", values: { scope: "token.write" } },
    });
    const maker = await withToken(member, ["read", "token.write"]);
    await expect(createToken(maker, inputOf({ scopes: ["vm.write"] }))).rejects.toMatchObject({
      userMessage: { key: "auth.scope", values: { scope: "vm.write" } },
    });
    await expect(createToken(maker, inputOf({ expiresInDays: 31 }))).rejects.toMatchObject({
      userMessage: { key: "auth.token_outlives" },
    });
    const made = await createToken(maker, inputOf({ expiresInDays: 29 }));
    expect(await actorOfToken(made.secret, "", member.db)).toMatchObject({ name: "member" });
  });

  it("of a project makes no personal ones and lists none", async () => {
    const { owner, project } = await makeWorld();
    await createToken(owner, inputOf({ name: "private" }));
    const scopes: TokenScope[] = ["read", "token.write"];
    const ofProject = await withToken(owner, scopes, project);
    for (const call of [
      createToken(ofProject, inputOf()),
      listTokens(ofProject, { projectId: null }),
    ]) {
      await expect(call).rejects.toMatchObject({ userMessage: { key: "auth.project_token" } });
    }
    await createToken(ofProject, inputOf({ projectId: project, expiresInDays: 1 }));
    expect(await listTokens(ofProject, { projectId: project })).toHaveLength(2);
  });
});

describe("revoking", () => {
  it("ends the token and what is open on it, and it leaves the list", async () => {
    const { member, db } = await makeWorld();
    const { secret, token } = await createToken(member, inputOf());
    const ended: string[] = [];
    const stop = onSessionEnded((id) => ended.push(id));
    await revokeToken(member, { tokenId: token.id });
    stop();
    expect(ended).toEqual([`token:${token.id}`]);
    expect(await actorOfToken(secret, "", db)).toBeNull();
    expect(await listTokens(member, { projectId: null })).toEqual([]);
    await expect(revokeToken(member, { tokenId: token.id })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("of somebody else's is not found, for a project's token too, and nothing moves", async () => {
    const { member, owner, outsider, project, db } = await makeWorld();
    const personal = await createToken(owner, inputOf());
    const shared = await createToken(owner, inputOf({ projectId: project }));
    const ofProject = await withToken(owner, ["read", "token.write"], project);
    const refused: [Context, string, string][] = [
      [member, personal.token.id, "not_found"],
      [outsider, personal.token.id, "not_found"],
      [ofProject, personal.token.id, "not_found"],
      [outsider, shared.token.id, "not_found"],
      [member, shared.token.id, "auth.forbidden"],
    ];
    for (const [ctx, tokenId, code] of refused) {
      await expect(revokeToken(ctx, { tokenId })).rejects.toMatchObject({ code });
    }
    expect(await db.apiToken.count({ where: { revokedAt: { not: null } } })).toBe(0);
  });

  it("is possible for an administrator, and for the token itself", async () => {
    const { member, admin, db } = await makeWorld();
    const { token } = await createToken(member, inputOf());
    await revokeToken(admin, { tokenId: token.id });
    const itself = await withToken(member, ["read"]);
    await revokeToken(itself, { tokenId: itself.actor.token?.id ?? "" });
    expect(await db.apiToken.count({ where: { revokedAt: null } })).toBe(0);
  });
});

it.each<[string, (world: World) => Promise<void>]>([
  [
    "is taken out of the project",
    ({ admin, owner, project: projectId }) =>
      removeMember(admin, { projectId, userId: owner.actor.userId }),
  ],
  [
    "is deleted",
    ({ admin, owner, member, project: projectId }) =>
      deleteUser(admin, {
        userId: owner.actor.userId,
        confirmEmail: owner.actor.email,
        owners: [{ projectId, userId: member.actor.userId }],
      }),
  ],
])("a project's token ends when its maker %s", async (_how, leave) => {
  const world = await makeWorld();
  const { owner, project: projectId, db } = world;
  const { secret } = await createToken(owner, inputOf({ projectId }));
  expect(await actorOfToken(secret, "", db)).not.toBeNull();
  await leave(world);
  expect(await actorOfToken(secret, "", db)).toBeNull();
});

it("an auditor sees a project's tokens, a member does not, an outsider finds nothing", async () => {
  const { auditor, member, outsider, project: projectId } = await makeWorld();
  expect(await listTokens(auditor, { projectId })).toEqual([]);
  await expect(listTokens(member, { projectId })).rejects.toMatchObject({ code: "auth.forbidden" });
  await expect(listTokens(outsider, { projectId })).rejects.toMatchObject({ code: "not_found" });
});
