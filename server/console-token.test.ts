import { afterEach, expect, onTestFinished, test } from "vitest";
import { announceEnded } from "@/lib/auth/session-events";
import { actorOfToken } from "@/lib/auth/token";
import { hashOfToken, newTokenSecret } from "@/lib/auth/token-secret";
import { flushTokenUses } from "@/lib/auth/token-uses";
import { recheckConsoles } from "@/lib/console/recheck";
import { newId } from "@/lib/db/id";
import { cleanUp } from "@/lib/websockify/testing/proxy";
import { openConsole, tryConsole } from "./testing/console-client";
import { consoleWorld } from "./testing/console-world";
import { withoutComparisons } from "./testing/without-comparisons";

afterEach(cleanUp);

/** A running guest, and a program with a member's token. */
async function scene(scopes = ["read", "vm.write"]) {
  const world = await consoleWorld();
  const projectId = await world.project();
  const person = await world.person(projectId);
  const guest = await world.guest(projectId);
  const secret = newTokenSecret();
  const id = newId();
  const { userId } = person.actor;
  await world.db.apiToken.create({
    data: {
      id,
      tokenHash: hashOfToken(secret) ?? "",
      hint: "portico_",
      name: "ci",
      userId,
      scopes: JSON.stringify(scopes),
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  onTestFinished(() => flushTokenUses(world.db));
  const actor = await actorOfToken(secret, "127.0.0.1", world.db);
  if (actor === null) throw new Error("the token that was just made is not accepted");
  const program = { actor, cookie: "" };
  const ticket = await world.ticket(program, guest);
  const headers = { authorization: `Bearer ${secret}` };
  return { world, person, guest, program, ticket, headers, id, userId };
}

test("a program opens a console with its token, without an Origin", async () => {
  const { world, ticket, headers, id } = await scene();
  const { client } = await openConsole(world, { ticket, headers, origin: null });
  expect(client.protocol).toBe("binary");
  expect(world.sessions.list()).toMatchObject([{ sessionId: `token:${id}` }]);
});

test("a ticket of the token is no good in its user's browser, and the other way round", async () => {
  const { world, person, guest, ticket, headers } = await scene();
  expect((await tryConsole(world, { person, ticket })).status).toBe(403);
  const own = await world.ticket(person, guest);
  expect((await tryConsole(world, { ticket: own, headers, origin: null })).status).toBe(403);
});

test("a token that is not sent as a bearer, or lacks the scope, opens nothing", async () => {
  const { world, ticket, headers } = await scene(["read"]);
  expect((await tryConsole(world, { ticket, headers, origin: null })).status).toBe(403);
  const basic = { authorization: headers.authorization.replace("Bearer", "Basic") };
  expect((await tryConsole(world, { ticket, headers: basic, origin: null })).status).toBe(401);
});

test("a revoked token's console is cut at once", async () => {
  const { world, ticket, headers, id } = await scene();
  const { closed } = await openConsole(world, { ticket, headers, origin: null });
  announceEnded([`token:${id}`]);
  expect(await closed).toEqual({ code: 4003, reason: "closed.access_ended" });
});

test.each(["revoked by another portal", "user disabled", "user removed from the project"])(
  "%s: the program's console ends with the next comparison",
  async (what) => {
    const { world, ticket, headers, id, userId } = await scene();
    withoutComparisons();
    const { closed } = await openConsole(world, { ticket, headers, origin: null });
    expect(await recheckConsoles(world.db, world.sessions)).toBe(0);
    const now = new Date();
    if (what.startsWith("revoked"))
      await world.db.apiToken.update({ where: { id }, data: { revokedAt: now } });
    if (what === "user disabled")
      await world.db.user.update({ where: { id: userId }, data: { disabledAt: now } });
    if (what.endsWith("project")) await world.db.membership.deleteMany({ where: { userId } });
    expect(await recheckConsoles(world.db, world.sessions)).toBe(1);
    expect((await closed).code).toBe(4003);
  },
);
