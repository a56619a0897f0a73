import { afterEach, expect, test } from "vitest";
import { visitCookie } from "@/lib/auth/visit-cookie";
import { recheckConsoles } from "@/lib/console/recheck";
import { consoleLimits } from "@/lib/console/sessions";
import { issueTicket } from "@/lib/console/ticket";
import { hashOfVisitSecret, newVisitSecret, visitorKey } from "@/lib/console/visit";
import { newId } from "@/lib/db/id";
import { cleanUp } from "@/lib/websockify/testing/proxy";
import { until } from "@/lib/websockify/testing/until";
import { openConsole, rfbHello, tryConsole } from "./testing/console-client";
import { consoleWorld, type Guest, type Person, type World } from "./testing/console-world";
import { withoutComparisons } from "./testing/without-comparisons";

afterEach(cleanUp);

const path = "/share/console";
const inAnHour = () => new Date(Date.now() + 3_600_000);

async function scene() {
  const world = await consoleWorld();
  const projectId = await world.project();
  const maker = await world.person(projectId);
  const guest = await world.guest(projectId);
  const shareId = newId();
  await world.db.consoleShare.create({
    data: {
      id: shareId,
      tokenHash: hashOfVisitSecret(newVisitSecret()),
      vmId: guest.vmId,
      projectId,
      name: "support",
      createdById: maker.actor.userId,
      createdByName: "Ada",
      expiresAt: inAnHour(),
    },
  });
  return { world, projectId, maker, guest, shareId };
}

/** Somebody who came by the link: his browser's cookie, and tickets for it. */
async function visitorOf(world: World, shareId: string, guest: Guest) {
  const id = newId();
  const secret = newVisitSecret();
  await world.db.consoleVisit.create({
    data: { id, shareId, secretHash: hashOfVisitSecret(secret), name: "Vera", ip: "192.0.2.7" },
  });
  const cookie = `${visitCookie(shareId).name}=${secret}`;
  const key = visitorKey(id);
  const grant = { vmId: guest.vmId, bootId: world.hosts.bootIdOf(guest.uuid), viewOnly: true };
  const ticket = () => issueTicket(world.db, { userId: key, sessionId: key }, grant);
  return { id, headers: { cookie }, ticket };
}

test("a visitor watches: what he types reaches no guest, and he is in the record as nobody's user", async () => {
  const { world, guest, shareId } = await scene();
  const visitor = await visitorOf(world, shareId, guest);
  const { client } = await openConsole(world, { path, ...visitor, ticket: await visitor.ticket() });
  // A key, a pointer event and a clipboard, after the exclusive hello.
  const key = Buffer.from([4, 1, 0, 0, 0, 0, 0, 0x61]);
  const pointer = Buffer.from([5, 1, 0, 9, 0, 9]);
  const cut = Buffer.from([6, 0, 0, 0, 0, 0, 0, 2, 0x68, 0x69]);
  const update = Buffer.from([3, 1, 0, 0, 0, 0, 0, 1, 0, 1]);
  client.send(Buffer.concat([rfbHello, key, pointer, cut, update]));
  const shared = Buffer.from(rfbHello);
  shared[shared.length - 1] = 1;
  const expected = Buffer.concat([shared, update]);
  await until(() => Buffer.concat(guest.received).length >= expected.length);
  expect(Buffer.concat(guest.received)).toEqual(expected);
  expect(world.sessions.list()).toMatchObject([
    { via: "link", shareId, userName: "Vera", viewOnly: true, userId: visitorKey(visitor.id) },
  ]);
  expect(world.audit[0]).toMatchObject({
    actor: { userId: null, name: "Vera" },
    detail: { viewOnly: true, via: "link", shareId },
  });
});

test("a link's ticket opens nothing without the cookie, at the other door, twice, or from elsewhere", async () => {
  const { world, guest, shareId, maker } = await scene();
  const [one, other] = [
    await visitorOf(world, shareId, guest),
    await visitorOf(world, shareId, guest),
  ];
  const ticket = await one.ticket();
  const refused = [
    await tryConsole(world, { path, ticket }),
    await tryConsole(world, { path, ticket, headers: other.headers }),
    await tryConsole(world, { path, ticket, person: maker }),
    await tryConsole(world, { ticket, person: maker }),
    await tryConsole(world, { path, ticket, headers: one.headers, origin: "http://evil.example" }),
    await tryConsole(world, { path, ticket, headers: one.headers, origin: null }),
    await tryConsole(world, {
      path,
      headers: one.headers,
      ticket: await world.ticket(maker, guest),
    }),
  ];
  expect(refused.map((each) => each.status)).toEqual([403, 403, 403, 403, 403, 403, 403]);
  expect((await tryConsole(world, { ticket, headers: one.headers })).status).toBe(401);
  await openConsole(world, { path, ticket, headers: one.headers });
  expect((await tryConsole(world, { path, ticket, headers: one.headers })).status).toBe(403);
});

test("a visitor has no bearer's way in, where no Origin is asked for", async () => {
  const { world, guest, shareId } = await scene();
  const visitor = await visitorOf(world, shareId, guest);
  const headers = { ...visitor.headers, authorization: "Bearer x" };
  const ticket = await visitor.ticket();
  expect((await tryConsole(world, { path, ticket, headers, origin: null })).status).toBe(403);
});

test.each([
  "taken back",
  "too old",
  "its maker left the project",
  "its maker is disabled",
  "its VM is in another project",
])("a link that is %s: open screens end, tickets open nothing", async (what) => {
  const { world, guest, shareId, maker, projectId } = await scene();
  const { db } = world;
  const visitor = await visitorOf(world, shareId, guest);
  withoutComparisons();
  const { closed } = await openConsole(world, { path, ...visitor, ticket: await visitor.ticket() });
  expect(await recheckConsoles(db, world.sessions)).toBe(0);
  const past = new Date(Date.now() - 1);
  const { userId } = maker.actor;
  const where = { id: shareId };
  if (what === "taken back") await db.consoleShare.update({ where, data: { revokedAt: past } });
  else if (what === "too old") await db.consoleShare.update({ where, data: { expiresAt: past } });
  else if (what.includes("left")) await db.membership.deleteMany({ where: { userId, projectId } });
  else if (what.includes("disabled"))
    await db.user.update({ where: { id: userId }, data: { disabledAt: past } });
  else
    await db.vm.update({ where: { id: guest.vmId }, data: { projectId: await world.project() } });
  expect(await recheckConsoles(db, world.sessions)).toBe(1);
  expect(await closed).toEqual({ code: 4003, reason: "closed.access_ended" });
  const again = { path, headers: visitor.headers, ticket: await visitor.ticket() };
  expect((await tryConsole(world, again)).status).toBe(403);
});

test("visitors take nobody's place, and have only so many", async () => {
  const { world, guest, shareId, maker } = await scene();
  for (let seat = 0; seat < consoleLimits.visitorsPerVm; seat += 1) {
    const visitor = await visitorOf(world, shareId, guest);
    await openConsole(world, { path, ...visitor, ticket: await visitor.ticket() });
  }
  const late = await visitorOf(world, shareId, guest);
  const answer = await tryConsole(world, { path, ...late, ticket: await late.ticket() });
  expect(answer.status).toBe(429);
  await openConsole(world, { person: maker, ticket: await world.ticket(maker, guest) });
});

test("an administrator from outside only watches, and a former member's console ends", async () => {
  const { world, guest, projectId } = await scene();
  const own = await world.person(projectId, "owner");
  const { userId } = own.actor;
  await world.db.user.update({ where: { id: userId }, data: { isAdmin: true } });
  withoutComparisons();
  const inside = await openConsole(world, { person: own, ticket: await world.ticket(own, guest) });
  expect(world.sessions.list({ userId })).toMatchObject([{ via: "member", viewOnly: false }]);
  expect(await recheckConsoles(world.db, world.sessions)).toBe(0);
  await world.db.membership.deleteMany({ where: { userId, projectId } });
  expect(await recheckConsoles(world.db, world.sessions)).toBe(1);
  expect(await inside.closed).toMatchObject({ code: 4003 });
  const outside: Person = own;
  await openConsole(world, { person: outside, ticket: await world.ticket(outside, guest) });
  expect(world.sessions.list({ userId })).toMatchObject([{ via: "administrator", viewOnly: true }]);
  expect(await recheckConsoles(world.db, world.sessions)).toBe(0);
});
