import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { endSession } from "@/lib/auth/session";
import { attemptLimits } from "@/lib/console/attempts";
import { consoleLimits } from "@/lib/console/sessions";
import { issueTicket, purgeTickets, ticketLifeMs } from "@/lib/console/ticket";
import { clientFrame } from "@/lib/websockify/testing/client-frame";
import { cleanUp } from "@/lib/websockify/testing/proxy";
import { until } from "@/lib/websockify/testing/until";
import { openConsole, rfbHello, tryConsole } from "./testing/console-client";
import { consoleWorld, type Guest, type World } from "./testing/console-world";

afterEach(cleanUp);

async function scene(...change: Parameters<typeof consoleWorld>) {
  const world = await consoleWorld(...change);
  const projectId = await world.project();
  const person = await world.person(projectId);
  const guest = await world.guest(projectId);
  return { world, projectId, person, guest };
}

/** Nothing was opened: neither a place taken, nor the guest's socket touched, nor a record made. */
function expectNothingOpened(world: World, guest: Guest): void {
  expect(world.sessions.count()).toBe(0);
  expect(guest.clients).toHaveLength(0);
  expect(world.audit).toHaveLength(0);
}

describe("tickets", () => {
  test("ticket reuse: it opens once", async () => {
    const { world, person, guest } = await scene();
    const ticket = await world.ticket(person, guest);
    const { client, closed } = await openConsole(world, { person, ticket });
    client.close();
    await closed;
    expect((await tryConsole(world, { person, ticket })).status).toBe(403);
    expect(guest.clients).toHaveLength(1);
  });

  test("ticket reuse: of twenty simultaneous attempts one wins", async () => {
    const { world, person, guest } = await scene();
    const ticket = await world.ticket(person, guest);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => tryConsole(world, { person, ticket })),
    );
    expect(answers.filter((each) => each.status === 101)).toHaveLength(1);
    expect(answers.filter((each) => each.status === 403)).toHaveLength(19);
  });

  test("ticket expired by 1 s", async () => {
    const { world, person, guest } = await scene();
    const made = new Date(Date.now() - ticketLifeMs - 1_000);
    const bootId = world.hosts.bootIdOf(guest.uuid);
    const grant = { vmId: guest.vmId, bootId, viewOnly: false };
    const ticket = await issueTicket(world.db, person.actor, grant, made);
    expect((await tryConsole(world, { person, ticket })).status).toBe(403);
    expectNothingOpened(world, guest);
    expect(await purgeTickets(world.db)).toBe(1);
  });

  test("tickets live 30 s at most", () => {
    expect(ticketLifeMs).toBeLessThanOrEqual(30_000);
  });

  test.each([
    ["forged", () => Buffer.alloc(32, 7).toString("base64url")],
    ["truncated", (ticket: string) => ticket.slice(0, -1)],
    ["lengthened", (ticket: string) => `${ticket}A`],
    ["empty", () => ""],
    ["with one bit changed", (ticket: string) => (ticket[0] === "A" ? "B" : "A") + ticket.slice(1)],
    ["a token with algorithm none", () => "eyJhbGciOiJub25lIn0.eyJ2bSI6IjEifQ."],
    ["a database wildcard", () => "%".repeat(43)],
  ])("ticket %s", async (_, change) => {
    const { world, person, guest } = await scene();
    const ticket = change(await world.ticket(person, guest));
    const protocols = ["binary", `ticket.${ticket}`];
    expect((await tryConsole(world, { person, protocols })).status).toBe(403);
    expectNothingOpened(world, guest);
  });

  test("ticket by its stored hash", async () => {
    const { world, person, guest } = await scene();
    await world.ticket(person, guest);
    const { tokenHash } = await world.db.consoleTicket.findFirstOrThrow();
    expect((await tryConsole(world, { person, ticket: tokenHash })).status).toBe(403);
  });

  test("no ticket, and two tickets", async () => {
    const { world, person, guest } = await scene();
    const tickets = [await world.ticket(person, guest), await world.ticket(person, guest)];
    expect((await tryConsole(world, { person })).status).toBe(403);
    const protocols = ["binary", ...tickets.map((each) => `ticket.${each}`)];
    expect((await tryConsole(world, { person, protocols })).status).toBe(403);
    expectNothingOpened(world, guest);
  });

  test("foreign ticket: tenant A's with tenant B's session, which does not use it up", async () => {
    const { world, person, guest } = await scene();
    const stranger = await world.person(await world.project());
    const ticket = await world.ticket(person, guest);
    expect((await tryConsole(world, { person: stranger, ticket })).status).toBe(403);
    expectNothingOpened(world, guest);
    expect((await tryConsole(world, { person, ticket })).status).toBe(101);
  });

  test("foreign ticket: who came with it is recorded", async () => {
    const { world, person, guest } = await scene();
    const stranger = await world.person(await world.project());
    const ticket = await world.ticket(person, guest);
    await tryConsole(world, { person: stranger, ticket });
    await until(() => world.refused.length === 1);
    expect(world.refused).toMatchObject([
      { actor: { userId: stranger.actor.userId }, error: { code: "auth.forbidden" } },
    ]);
    expect(JSON.stringify(world.refused)).not.toContain(ticket);
  });

  test("foreign ticket: one that names another tenant's VM is not found", async () => {
    const { world, guest } = await scene();
    const stranger = await world.person(await world.project());
    const ticket = await world.ticket(stranger, guest);
    expect((await tryConsole(world, { person: stranger, ticket })).status).toBe(404);
    expectNothingOpened(world, guest);
  });

  test("a viewer of the project sees the VM and may not use its console", async () => {
    const { world, projectId, guest } = await scene();
    const viewer = await world.person(projectId, "viewer");
    const ticket = await world.ticket(viewer, guest);
    expect((await tryConsole(world, { person: viewer, ticket })).status).toBe(403);
    expectNothingOpened(world, guest);
  });

  test("without session, with a forged cookie, after sign-out", async () => {
    const { world, person, guest } = await scene();
    const ticket = await world.ticket(person, guest);
    expect((await tryConsole(world, { ticket })).status).toBe(401);
    const forged = { ...person, cookie: `${person.cookie.slice(0, -4)}AAAA` };
    expect((await tryConsole(world, { person: forged, ticket })).status).toBe(401);
    await endSession(world.db, person.actor.sessionId);
    expect((await tryConsole(world, { person, ticket })).status).toBe(401);
    expectNothingOpened(world, guest);
  });

  test("ticket of the guest's earlier start", async () => {
    const { world, person, guest } = await scene();
    const ticket = await world.ticket(person, guest);
    world.hosts.start(guest.uuid, guest.path);
    expect((await tryConsole(world, { person, ticket })).status).toBe(409);
    expectNothingOpened(world, guest);
  });

  test("ticket in logs and in the record: masked, that is, absent", async () => {
    const { world, person, guest } = await scene();
    const ticket = await world.ticket(person, guest);
    const { client, closed } = await openConsole(world, { person, ticket });
    client.close();
    await closed;
    await tryConsole(world, { person, ticket });
    await until(() => world.audit.length === 2);
    const everything = world.logged.join("") + JSON.stringify(world.audit);
    expect(everything).toContain(guest.vmId);
    expect(everything).not.toContain(ticket);
    const rows = JSON.stringify(await world.db.consoleTicket.findMany());
    expect(rows).not.toContain(ticket);
  });
});

describe("origins", () => {
  test.each([
    ["missing", () => null],
    ["null", () => "null"],
    ["another host", () => "http://evil.example"],
    ["another port", () => "http://127.0.0.1:1"],
    ["another scheme", (host: string) => `ftp://${host}`],
    ["suffix trick", (host: string) => `http://${host}.evil.example`],
    ["prefix trick", (host: string) => `http://evil${host}`],
    ["user info trick", (host: string) => `http://${host}@evil.example`],
    ["a path behind it", (host: string) => `http://${host}/`],
  ])("Origin %s", async (_, origin) => {
    const { world, person, guest } = await scene();
    const ticket = await world.ticket(person, guest);
    const attempt = { person, ticket, origin: origin(world.host) };
    expect((await tryConsole(world, attempt)).status).toBe(403);
    expectNothingOpened(world, guest);
  });

  test("X-Forwarded-Host poisoned", async () => {
    const { world, person, guest } = await scene();
    const ticket = await world.ticket(person, guest);
    const headers = {
      "x-forwarded-host": "evil.example",
      forwarded: "host=evil.example;proto=http",
      "x-forwarded-proto": "http",
    };
    const attempt = { person, ticket, origin: "http://evil.example", headers };
    expect((await tryConsole(world, attempt)).status).toBe(403);
    expectNothingOpened(world, guest);
  });

  test("Host poisoned, when the portal knows its own origin", async () => {
    const { world, person, guest } = await scene({ origin: "https://cloud.example" });
    const ticket = await world.ticket(person, guest);
    const headers = { host: "evil.example" };
    for (const origin of ["http://evil.example", "https://evil.example", "http://cloud.example"]) {
      expect((await tryConsole(world, { person, ticket, origin, headers })).status).toBe(403);
    }
    expectNothingOpened(world, guest);
    const own = { person, ticket, origin: "https://cloud.example", headers };
    expect((await tryConsole(world, own)).status).toBe(101);
  });
});

describe("path and target injection", () => {
  test.each([
    "/console?host=127.0.0.1&port=22",
    "/console?path=//evil.example",
    "/console/",
    "/console/..%2fconsole",
    "//console",
    "/Console",
    "/%63onsole",
    "/console;ticket=1",
  ])("%s", async (path) => {
    const { world, person, guest } = await scene();
    const ticket = await world.ticket(person, guest);
    expect((await tryConsole(world, { person, ticket, path })).status).toBe(404);
    expectNothingOpened(world, guest);
  });
});

describe("floods", () => {
  test("50 consoles by one user: 20 open, whatever the number of VMs", async () => {
    const { world, projectId, person } = await scene();
    const answers: number[] = [];
    for (let vm = 0; vm < 10; vm += 1) {
      const guest = await world.guest(projectId);
      for (let count = 0; count < 5; count += 1) {
        const ticket = await world.ticket(person, guest);
        answers.push((await tryConsole(world, { person, ticket })).status);
      }
    }
    expect(answers.filter((each) => each === 101)).toHaveLength(consoleLimits.perUser);
    expect(answers.filter((each) => each === 429)).toHaveLength(50 - consoleLimits.perUser);
  });

  test("too many consoles of one VM: 4 open, also when all come at once", async () => {
    const { world, projectId, guest } = await scene();
    const people = await Promise.all(Array.from({ length: 8 }, () => world.person(projectId)));
    const answers = await Promise.all(
      people.map(async (person) =>
        tryConsole(world, { person, ticket: await world.ticket(person, guest) }),
      ),
    );
    expect(answers.filter((each) => each.status === 101)).toHaveLength(consoleLimits.perVm);
    expect(answers.filter((each) => each.status === 429)).toHaveLength(8 - consoleLimits.perVm);
    answers.find((each) => each.client)?.client?.terminate();
    await until(() => world.sessions.count() === consoleLimits.perVm - 1);
    const [person] = people;
    if (person === undefined) throw new Error("there are eight people");
    const ticket = await world.ticket(person, guest);
    expect((await tryConsole(world, { person, ticket })).status).toBe(101);
  });

  test("half-open upgrades beyond the limit of an address are refused at once", async () => {
    let letGo = (): void => undefined;
    const held = new Promise<null>((resolve) => {
      letGo = () => resolve(null);
    });
    const world = await consoleWorld({ actorOf: () => held });
    const answers: number[] = [];
    const attempts = Array.from({ length: attemptLimits.perAddress + 5 }, async () => {
      answers.push((await tryConsole(world, {})).status);
    });
    // Nobody within the limit is answered yet, so that whoever is answered is beyond it.
    await until(() => answers.length === 5);
    expect(answers).toEqual(Array(5).fill(429));
    letGo();
    await Promise.all(attempts);
    expect(answers.filter((each) => each === 401)).toHaveLength(attemptLimits.perAddress);
    expect((await tryConsole(world, {})).status).toBe(401);
  });

  test.each([
    ["text frames", [clientFrame({ opcode: 1, payload: "hello" })], 1003],
    ["100 MiB frame", [clientFrame({ opcode: 2, claimedLength: 100 * 1024 ** 2 })], 1009],
    ["ping flood", Array.from({ length: 1_000 }, () => clientFrame({ opcode: 9 })), 4004],
  ])("%s end the console", async (_, frames, code) => {
    const { world, person, guest } = await scene();
    const ticket = await world.ticket(person, guest);
    const { client, closed } = await openConsole(world, { person, ticket });
    const { _socket: raw } = client as unknown as { _socket: Socket };
    raw.write(Buffer.concat(frames));
    expect((await closed).code).toBe(code);
    await until(() => world.sessions.count() === 0);
    expect(guest.received).toHaveLength(0);
  });

  test("what is no RFB client ends the console", async () => {
    const { world, person, guest } = await scene();
    const ticket = await world.ticket(person, guest);
    const { client, closed } = await openConsole(world, { person, ticket });
    client.send(Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    expect((await closed).code).toBe(1008);
    expect(guest.received).toHaveLength(0);
  });

  test("slow frames: a byte at a time is carried, and holds nobody up", async () => {
    const { world, person, guest } = await scene();
    const slow = await openConsole(world, { person, ticket: await world.ticket(person, guest) });
    const { _socket: raw } = slow.client as unknown as { _socket: Socket };
    const frame = clientFrame({ opcode: 2, payload: rfbHello });
    raw.write(frame.subarray(0, 1));
    const other = await openConsole(world, { person, ticket: await world.ticket(person, guest) });
    other.client.send(rfbHello);
    await until(() => Buffer.concat(guest.received).length === rfbHello.length);
    for (const byte of frame.subarray(1)) raw.write(Buffer.from([byte]));
    await until(() => Buffer.concat(guest.received).length === 2 * rfbHello.length);
  });
});

describe("malformed upgrades", () => {
  test.each([
    ["without the binary sub-protocol", "Sec-WebSocket-Protocol: ticket.x", 400],
    ["with an old version", "Sec-WebSocket-Version: 8", 426],
    ["with a key that is too short", "Sec-WebSocket-Key: AAAA", 400],
  ])("%s", async (_, line, status) => {
    const world = await consoleWorld();
    const socket = connect(world.port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    const [name] = line.split(":");
    const lines = [
      "GET /console HTTP/1.1",
      `Host: ${world.host}`,
      `Origin: http://${world.host}`,
      "Upgrade: websocket",
      "Connection: Upgrade",
      ...[
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol: binary",
      ].filter((each) => !each.startsWith(`${name}:`)),
      line,
    ];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});
