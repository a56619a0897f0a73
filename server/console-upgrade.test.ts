import { afterEach, expect, test } from "vitest";
import { endSession } from "@/lib/auth/session";
import { recheckConsoles } from "@/lib/console/recheck";
import { consoleIdOf, issueTicket } from "@/lib/console/ticket";
import { firstPictureRequest } from "@/lib/model/first-picture";
import { publish } from "@/lib/services/live/bus";
import { cleanUp } from "@/lib/websockify/testing/proxy";
import { until } from "@/lib/websockify/testing/until";
import { stopConsoles } from "./console-upgrade";
import { openConsole, rfbHello, tryConsole } from "./testing/console-client";
import { consoleWorld } from "./testing/console-world";
import { withoutComparisons } from "./testing/without-comparisons";

afterEach(cleanUp);

/** A world with one project, one member and one running guest. */
async function scene(...change: Parameters<typeof consoleWorld>) {
  const world = await consoleWorld(...change);
  const projectId = await world.project();
  const person = await world.person(projectId);
  const guest = await world.guest(projectId);
  return { world, projectId, person, guest };
}

test("a good ticket opens the guest's screen, shared, and both are in the record", async () => {
  const { world, person, guest } = await scene();
  const ticket = await world.ticket(person, guest);
  const { client, messages, closed } = await openConsole(world, { person, ticket });
  expect(client.protocol).toBe("binary");
  await until(() => Buffer.concat(messages).toString() === "RFB 003.008\n");
  client.send(rfbHello);
  await until(() => Buffer.concat(guest.received).length === rfbHello.length);
  expect(Buffer.concat(guest.received).at(-1)).toBe(1);
  client.close(1000);
  await closed;
  await until(() => world.audit.length === 2);
  expect(world.audit.map((each) => [each.action, each.session.vmId, each.actor.userId])).toEqual([
    ["console.open", guest.vmId, person.actor.userId],
    ["console.close", guest.vmId, person.actor.userId],
  ]);
  expect(world.audit[1]?.detail).toMatchObject({ endedBy: "browser", closeCode: 1000 });
  expect(world.sessions.count()).toBe(0);
});

test("who asks for an opened handshake has the guest's whole part of it in one message", async () => {
  const { world, projectId, person } = await scene();
  const answers = [Buffer.from([1, 1]), Buffer.alloc(4), Buffer.alloc(24)];
  const guest = await world.guest(projectId, (socket) => {
    socket.write("RFB 003.008\n");
    socket.on("data", () => socket.write(answers.shift() ?? ""));
  });
  const ticket = await world.ticket(person, guest);
  const protocols = ["binary", "rfb-opened.9.0", `ticket.${ticket}`];
  const { client, messages } = await openConsole(world, { person, protocols });
  expect(client.protocol).toBe("rfb-opened.9.0");
  await until(() => messages.length > 0);
  expect(messages.map((each) => each.length)).toEqual([12 + 2 + 4 + 24]);
  const key = Buffer.from([4, 1, 0, 0, 0, 0, 0, 97]);
  client.send(key);
  const hello = Buffer.concat([Buffer.from("RFB 003.008\n"), Buffer.from([1, 1])]);
  const request = firstPictureRequest({ compression: 9, quality: 0 });
  const expected = Buffer.concat([hello, request, key]);
  await until(() => Buffer.concat(guest.received).length === expected.length);
  expect(Buffer.concat(guest.received)).toEqual(expected);
});

test("a guest with a password has its handshake with the browser itself", async () => {
  const { world, projectId, person } = await scene();
  const guest = await world.guest(projectId, (socket) => {
    socket.write("RFB 003.008\n");
    socket.on("data", () => socket.write(Buffer.from([1, 2])));
  });
  const ticket = await world.ticket(person, guest);
  const protocols = ["binary", "rfb-opened.9.0", `ticket.${ticket}`];
  const { client, messages } = await openConsole(world, { person, protocols });
  expect(client.protocol).toBe("binary");
  await until(() => Buffer.concat(messages).toString() === "RFB 003.008\n");
  await until(() => guest.clients.map((each) => each.destroyed).join() === "true,false");
});

test("a database that fails in the middle of opening leaves no connection to the guest", async () => {
  let asked = 0;
  const { world, person, guest } = await scene({
    actorOf: async () => {
      asked += 1;
      if (asked > 1) throw new Error("the disk is full");
      return person.actor;
    },
  });
  const ticket = await world.ticket(person, guest);
  const answer = await tryConsole(world, { person, ticket });
  expect(answer.status).toBe(503);
  await until(() => guest.clients.every((each) => each.destroyed));
  expect(world.sessions.count()).toBe(0);
});

test("two viewers of one guest both keep their screen", async () => {
  const { world, person, guest } = await scene();
  const viewers = await Promise.all(
    [1, 2].map(async () =>
      openConsole(world, { person, ticket: await world.ticket(person, guest) }),
    ),
  );
  for (const { client } of viewers) client.send(rfbHello);
  await until(() => Buffer.concat(guest.received).length === 2 * rfbHello.length);
  expect(viewers.map(({ client }) => client.readyState)).toEqual([1, 1]);
  expect(world.sessions.list({ vmId: guest.vmId })).toHaveLength(2);
});

test("who does not have the keyboard sees the screen, and the portal drops what is typed", async () => {
  const { world, person, guest } = await scene();
  const tickets = [await world.ticket(person, guest), await world.ticket(person, guest)];
  const [one, other] = await Promise.all(
    tickets.map((ticket) => openConsole(world, { person, ticket })),
  );
  for (const each of [one, other]) each?.client.send(rfbHello);
  await until(() => Buffer.concat(guest.received).length === 2 * rfbHello.length);
  const key = (letter: number) => Buffer.from([4, 1, 0, 0, 0, 0, 0, letter]);
  const update = Buffer.from([3, 0, 0, 0, 0, 0, 0, 1, 0, 1]);
  const arrived = () => Buffer.concat(guest.received).subarray(2 * rfbHello.length);
  expect(world.sessions.setControl(guest.vmId, consoleIdOf(tickets[0] ?? ""))).toBe(true);
  other?.client.send(Buffer.concat([key(98), update]));
  await until(() => arrived().length === update.length);
  one?.client.send(key(97));
  await until(() => arrived().length === update.length + key(97).length);
  expect(arrived()).toEqual(Buffer.concat([update, key(97)]));

  one?.client.close(1000);
  await one?.closed;
  await until(() => world.sessions.controlOf(guest.vmId) === null);
  other?.client.send(key(99));
  await until(() => arrived().at(-1) === 99);
});

test("a watcher's ticket gives pixels and takes no keys", async () => {
  const { world, person, guest } = await scene();
  const bootId = world.hosts.bootIdOf(guest.uuid);
  const grant = { vmId: guest.vmId, bootId, viewOnly: true };
  const ticket = await issueTicket(world.db, person.actor, grant);
  const { client } = await openConsole(world, { person, ticket });
  const key = Buffer.from([4, 1, 0, 0, 0, 0, 0, 97]);
  const update = Buffer.from([3, 0, 0, 0, 0, 0, 0, 1, 0, 1]);
  client.send(Buffer.concat([rfbHello, key, update]));
  await until(() => Buffer.concat(guest.received).length === rfbHello.length + update.length);
  expect(Buffer.concat(guest.received).subarray(-update.length)).toEqual(update);
});

test("sign-out cuts an open console at once", async () => {
  const { world, person, guest } = await scene();
  const ticket = await world.ticket(person, guest);
  const { closed } = await openConsole(world, { person, ticket });
  await endSession(world.db, person.actor.sessionId);
  expect(await closed).toEqual({ code: 4003, reason: "closed.access_ended" });
  await until(() => guest.clients.every((each) => each.destroyed));
});

test("sign-out in the middle of opening refuses the console", async () => {
  let reached = (): void => undefined;
  const connecting = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const { world, projectId, person } = await scene();
  // Its VNC server greets only after the session has ended.
  const guest = await world.guest(projectId, (socket) => {
    reached();
    endSession(world.db, person.actor.sessionId).then(() => socket.write("RFB 003.008\n"));
  });
  const ticket = await world.ticket(person, guest);
  const answer = tryConsole(world, { person, ticket });
  await connecting;
  expect((await answer).status).toBe(403);
  expect(world.sessions.count()).toBe(0);
  await until(() => guest.clients.every((each) => each.destroyed));
});

test.each([
  ["user disabled", "user"],
  ["removed from the project", "removed"],
  ["role lowered to viewer", "lowered"],
  ["session revoked by another portal", "session"],
  ["VM's row deleted", "vm"],
])("%s: an open console ends with the next comparison", async (_, what) => {
  const { world, person, guest } = await scene();
  const ticket = await world.ticket(person, guest);
  withoutComparisons();
  const { closed } = await openConsole(world, { person, ticket });
  expect(await recheckConsoles(world.db, world.sessions)).toBe(0);
  const { userId, sessionId } = person.actor;
  const now = new Date();
  if (what === "user")
    await world.db.user.update({ where: { id: userId }, data: { disabledAt: now } });
  if (what === "removed") await world.db.membership.deleteMany({ where: { userId } });
  if (what === "lowered")
    await world.db.membership.updateMany({ where: { userId }, data: { role: "viewer" } });
  if (what === "session")
    await world.db.session.update({ where: { id: sessionId }, data: { revokedAt: now } });
  if (what === "vm") await world.db.vm.delete({ where: { id: guest.vmId } });
  expect(await recheckConsoles(world.db, world.sessions)).toBe(1);
  expect(await closed).toEqual({ code: 4003, reason: "closed.access_ended" });
});

test("what this process changes of somebody's rights ends an open console at once", async () => {
  const { world, projectId, person, guest } = await scene();
  const ticket = await world.ticket(person, guest);
  // Nothing but the announcement can end it.
  withoutComparisons();
  const { closed } = await openConsole(world, { person, ticket });
  const { userId } = person.actor;
  await world.db.membership.updateMany({ where: { userId }, data: { role: "viewer" } });
  publish({ type: "rights", projectId, userId });
  expect(await closed).toEqual({ code: 4003, reason: "closed.access_ended" });
});

test("a guest that stops ends its consoles with 4001, and no other guest's", async () => {
  const { world, projectId, person, guest } = await scene();
  const other = await world.guest(projectId);
  const mine = await openConsole(world, { person, ticket: await world.ticket(person, guest) });
  const others = await openConsole(world, { person, ticket: await world.ticket(person, other) });
  world.hosts.stop(guest.uuid);
  expect(await mine.closed).toEqual({ code: 4001, reason: "closed.guest_stopped" });
  expect(others.client.readyState).toBe(1);
});

test("a guest that starts anew ends its consoles with 4002", async () => {
  const { world, person, guest } = await scene();
  const { closed } = await openConsole(world, {
    person,
    ticket: await world.ticket(person, guest),
  });
  world.hosts.start(guest.uuid, guest.path);
  expect(await closed).toEqual({ code: 4002, reason: "closed.guest_restarted" });
});

test("a guest found gone by a resync ends its consoles", async () => {
  const { world, person, guest } = await scene();
  const { closed } = await openConsole(world, {
    person,
    ticket: await world.ticket(person, guest),
  });
  world.hosts.stop(guest.uuid, true);
  world.hosts.resync();
  expect(await closed).toMatchObject({ code: 4001 });
});

test("a screen that ends before the host says why: the host is asked", async () => {
  const { world, person, guest } = await scene();
  const { closed } = await openConsole(world, {
    person,
    ticket: await world.ticket(person, guest),
  });
  world.hosts.stop(guest.uuid, true);
  for (const each of guest.clients) each.destroy();
  expect(await closed).toMatchObject({ code: 4001 });
});

test("a VNC server that ends while the guest runs on is 4002", async () => {
  const { world, person, guest } = await scene();
  const { closed } = await openConsole(world, {
    person,
    ticket: await world.ticket(person, guest),
  });
  for (const each of guest.clients) each.destroy();
  expect(await closed).toMatchObject({ code: 4002 });
});

test("the portal's end closes every console with 1001 and takes no new one", async () => {
  const { world, person, guest } = await scene();
  const { closed } = await openConsole(world, {
    person,
    ticket: await world.ticket(person, guest),
  });
  await stopConsoles(world.sessions);
  expect(await closed).toEqual({ code: 1001, reason: "closed.portal_going_away" });
  const ticket = await world.ticket(person, guest);
  expect((await tryConsole(world, { person, ticket })).status).toBe(503);
});

test("nobody on the VNC socket is 503, a guest that is off is 409", async () => {
  const { world, person, guest } = await scene();
  world.hosts.start(guest.uuid, "/nonexistent/vnc.sock");
  const ticket = await world.ticket(person, guest);
  expect(await tryConsole(world, { person, ticket })).toEqual({
    status: 503,
    text: "host.unreachable",
  });
  const late = await world.ticket(person, guest);
  world.hosts.stop(guest.uuid);
  expect((await tryConsole(world, { person, ticket: late })).status).toBe(409);
  expect(world.sessions.count()).toBe(0);
});

test("something else than a VNC server behind the socket is 503", async () => {
  const { world, projectId, person } = await scene();
  const guest = await world.guest(projectId, (socket) => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
  const ticket = await world.ticket(person, guest);
  expect((await tryConsole(world, { person, ticket })).status).toBe(503);
});
