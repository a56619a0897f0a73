import { Duplex } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { recheckConsoles } from "@/lib/console/recheck";
import { issueTicket } from "@/lib/console/ticket";
import { LibvirtError } from "@/lib/libvirt";
import { AppError } from "@/lib/model/errors";
import { cleanUp } from "@/lib/websockify/testing/proxy";
import { until } from "@/lib/websockify/testing/until";
import { openConsole, tryConsole } from "./testing/console-client";
import { consoleWorld } from "./testing/console-world";

afterEach(cleanUp);

/** A serial port that keeps what is typed, and says what the test does. */
class Port extends Duplex {
  readonly typed: Buffer[] = [];
  /** The guest takes no input before this is called. */
  letGo: (() => void) | null = null;
  held = false;
  asked = false;
  override _read(): void {
    this.asked = true;
  }
  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    this.typed.push(Buffer.from(bytes));
    if (this.held) this.letGo = done;
    else done();
  }
}

/** One guest whose serial port has one reader, as libvirt keeps it. */
async function scene() {
  const ports: Port[] = [];
  const world = await consoleWorld({
    async openSerial(_host, uuid, { takeOver }) {
      const reader = ports.find((each) => !each.destroyed);
      if (reader && !takeOver) throw new AppError({ code: "conflict.rule", message: "taken" });
      reader?.destroy(new LibvirtError("refused", "stream had I/O failure"));
      const stream = new Port();
      ports.push(stream);
      return { stream, bootId: world.hosts.bootIdOf(uuid) };
    },
  });
  const projectId = await world.project();
  const person = await world.person(projectId);
  const guest = await world.guest(projectId);
  const ticket = (change: { viewOnly?: boolean; takeOver?: boolean } = {}) =>
    issueTicket(world.db, person.actor, {
      vmId: guest.vmId,
      bootId: world.hosts.bootIdOf(guest.uuid),
      kind: "serial",
      viewOnly: false,
      ...change,
    });
  const open = async (change?: { viewOnly?: boolean; takeOver?: boolean }) => {
    const opened = await openConsole(world, { person, ticket: await ticket(change) });
    return { ...opened, said: () => Buffer.concat(opened.messages).toString() };
  };
  return { world, person, guest, ports, ticket, open };
}

test("bytes go both ways, an empty message is answered, and both ends are in the record", async () => {
  const { world, ports, open } = await scene();
  const { client, messages, said, closed } = await open();
  ports[0]?.push("login: ");
  await until(() => said() === "login: ");
  client.send(Buffer.from("root\r"));
  await until(() => Buffer.concat(ports[0]?.typed ?? []).toString() === "root\r");
  client.send(Buffer.alloc(0));
  await until(() => messages.some((each) => each.length === 0));
  client.close(1000);
  await closed;
  await until(() => world.audit.length === 2);
  expect(ports[0]?.destroyed).toBe(true);
  expect(world.audit.map(({ action, detail }) => [action, detail.kind])).toEqual([
    ["console.open", "serial"],
    ["console.close", "serial"],
  ]);
  expect(world.audit[1]?.detail).toMatchObject({ fromBrowserBytes: 5, toBrowserBytes: 7 });
});

test("who comes second is told so, and the first keeps the port", async () => {
  const { world, ports, open } = await scene();
  const first = await open();
  const second = await open();
  expect(await second.closed).toEqual({ code: 4005, reason: "closed.serial_taken" });
  ports[0]?.push("still here");
  await until(() => first.said() === "still here");
  expect(world.sessions.count()).toBe(1);
});

test("who takes it over has it, and the first is told so", async () => {
  const { ports, open } = await scene();
  const first = await open();
  const second = await open({ takeOver: true });
  expect(await first.closed).toEqual({ code: 4005, reason: "closed.serial_taken" });
  ports[1]?.push("mine");
  await until(() => second.said() === "mine");
});

test("a reader that virsh has thrown out is told so; one that lost libvirt comes back by itself", async () => {
  const { ports, open } = await scene();
  const first = await open();
  ports[0]?.destroy(new LibvirtError("refused", "stream had I/O failure"));
  expect(await first.closed).toMatchObject({ code: 4005 });
  const second = await open();
  ports[1]?.destroy(new LibvirtError("outcome_unknown", "the daemon hung up"));
  expect(await second.closed).toEqual({ code: 1011, reason: "closed.host_lost" });
});

test("the guest's end and its restart are told as those of its screen are", async () => {
  const { world, guest, ports, open } = await scene();
  const first = await open();
  world.hosts.stop(guest.uuid, true);
  ports[0]?.push(null);
  expect(await first.closed).toMatchObject({ code: 4001 });
  world.hosts.start(guest.uuid, guest.path);
  const second = await open();
  world.hosts.start(guest.uuid, guest.path);
  expect(await second.closed).toMatchObject({ code: 4002 });
});

test("a ticket of the start before opens nothing", async () => {
  const { world, person, guest, ticket, ports } = await scene();
  const old = await ticket();
  world.hosts.start(guest.uuid, guest.path);
  const answer = await tryConsole(world, { person, ticket: old });
  expect(answer).toMatchObject({ status: 409, text: "conflict.stale" });
  expect(ports[0]?.destroyed).toBe(true);
  expect(world.sessions.count()).toBe(0);
});

test("who loses the right loses the port, and a watcher's keys do not pass", async () => {
  const { world, person, ports, open } = await scene();
  const { client, closed, messages } = await open({ viewOnly: true });
  client.send(Buffer.from("reboot\r"));
  client.send(Buffer.alloc(0));
  await until(() => messages.length === 1);
  expect(ports[0]?.typed).toEqual([]);
  await world.db.membership.updateMany({
    where: { userId: person.actor.userId },
    data: { role: "viewer" },
  });
  await recheckConsoles(world.db, world.sessions);
  expect(await closed).toEqual({ code: 4003, reason: "closed.access_ended" });
  await until(() => ports[0]?.destroyed === true);
});

test("a guest that takes no input holds the browser back, and nothing is lost", async () => {
  const { ports, open } = await scene();
  const { client } = await open();
  const [port] = ports;
  if (!port) throw new Error("no port was opened");
  port.held = true;
  const piece = Buffer.alloc(256 * 1024, "x");
  for (let n = 0; n < 64; n += 1) client.send(piece);
  await until(() => port.letGo !== null && client.bufferedAmount > 0);
  const heldBytes = () => port.writableLength;
  expect(heldBytes()).toBeLessThan(2 * 1024 * 1024);
  port.held = false;
  port.letGo?.();
  const typedBytes = () => port.typed.reduce((sum, each) => sum + each.length, 0);
  await until(() => typedBytes() === 64 * piece.length);
});

test("a browser that does not read holds the guest back", async () => {
  const { ports, open } = await scene();
  const { client, said } = await open();
  const [port] = ports;
  if (!port) throw new Error("no port was opened");
  client.pause();
  const piece = Buffer.alloc(256 * 1024, "y");
  let saidBytes = 0;
  const most = 64 * 1024 * 1024;
  // A stream that is read from takes what it is given out of its buffer again.
  while (saidBytes < most && !port.isPaused()) {
    port.push(piece);
    saidBytes += piece.length;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(saidBytes).toBeLessThan(most);
  client.resume();
  await until(() => said().length === saidBytes);
});
