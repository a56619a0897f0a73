import { expect, it } from "vitest";
import { makeWorld } from "@/lib/services/testing/world";
import { changePassword } from "@/lib/services/user/change-password";
import { listSessions } from "@/lib/services/user/list-sessions";
import { revokeOtherSessions, revokeSession } from "@/lib/services/user/revoke-session";
import type { Context } from "../context";
import { addPasskey, startPasskey } from "./add-passkey";
import { confirmIdentity } from "./confirm-identity";
import { confirmTotp } from "./confirm-totp";
import { listFactors } from "./list-factors";
import { proofWays } from "./proof-ways";
import { removePasskey } from "./remove-passkey";
import { renamePasskey } from "./rename-passkey";
import { renewRecoveryCodes } from "./renew-recovery-codes";
import { startTotp } from "./start-totp";
import { rp } from "./testing/factors";
import { turnOffTotp } from "./turn-off-totp";

const registration = {
  id: "key",
  rawId: "key",
  type: "public-key" as const,
  clientExtensionResults: {},
  response: { clientDataJSON: "a", attestationObject: "a" },
};

const calls: [string, (ctx: Context) => Promise<unknown>][] = [
  ["see the factors", listFactors],
  ["set up an app", startTotp],
  ["finish an app", (ctx) => confirmTotp(ctx, { code: "123456" })],
  ["turn an app off", turnOffTotp],
  ["make recovery codes", renewRecoveryCodes],
  ["begin a passkey", (ctx) => startPasskey(ctx, rp)],
  [
    "add a passkey",
    (ctx) => addPasskey(ctx, { name: "Key", response: registration, ticket: "" }, rp),
  ],
  ["rename a passkey", (ctx) => renamePasskey(ctx, { id: "key", name: "Mine" })],
  ["remove a passkey", (ctx) => removePasskey(ctx, { id: "key" })],
  ["ask for a proof", (ctx) => proofWays(ctx, rp)],
  ["prove", (ctx) => confirmIdentity(ctx, { by: "password", password: "a" }, rp)],
  ["change the password", (ctx) => changePassword(ctx, { current: "a", next: "b" })],
  ["see the sessions", listSessions],
  ["end a session", (ctx) => revokeSession(ctx, { sessionId: ctx.actor.sessionId })],
  ["end all sessions", revokeOtherSessions],
];

it.each(calls)("a token may not %s, whatever its scopes, and nothing moves", async (_n, call) => {
  const world = await makeWorld();
  const { userId } = world.admin.actor;
  const key = { id: "key", userId, name: "Key", publicKey: "k" };
  await world.db.passkey.create({ data: key });
  const scopes = ["read", "admin.write"] as const;
  const token = { id: "t", name: "ci", scopes, projectId: null };
  const program = { ...world.admin, actor: { ...world.admin.actor, token } };
  const state = async () => [
    await world.db.user.findMany(),
    await world.db.session.findMany(),
    await world.db.passkey.findMany(),
    await world.db.recoveryCode.findMany(),
  ];
  const before = await state();
  await expect(call(program)).rejects.toMatchObject({
    code: "auth.forbidden",
    userMessage: { key: "auth.person_only" },
  });
  expect(await state()).toEqual(before);
});
