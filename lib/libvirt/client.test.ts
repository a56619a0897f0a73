import { afterEach, describe, expect, it } from "vitest";
import { type Connection, connect } from "./index";
import { domainEvents } from "./protocol/events";
import { encodePacket, STATUS, TYPE } from "./rpc/frame";
import { failed, until } from "./testing/contract";
import { type FakeDaemon, type FakeDaemonOptions, startFakeDaemon } from "./testing/fake-daemon";

let daemon: FakeDaemon | undefined;
let connection: Connection | undefined;

async function start(
  handlers: FakeDaemonOptions["handlers"],
  options: Parameters<typeof connect>[1] = {},
): Promise<{ daemon: FakeDaemon; connection: Connection }> {
  daemon = await startFakeDaemon({ handlers });
  connection = await connect(daemon.uri, options);
  return { daemon, connection };
}

/** A handler that answers when `open` is called, and how often it was asked. */
function gate() {
  let open = () => undefined as undefined;
  const opened = new Promise<void>((resolve) => {
    open = () => resolve() as undefined;
  });
  const asked = { count: 0 };
  const handler = async () => {
    asked.count++;
    await opened;
    return { hostname: "late" };
  };
  return { open: () => open(), asked, handler };
}

afterEach(async () => {
  await connection?.close();
  await daemon?.stop();
  connection = undefined;
  daemon = undefined;
});

describe("a call that takes too long", () => {
  it("is given up with its outcome open, and its late answer is dropped", async () => {
    const slow = gate();
    const { connection } = await start({ connectGetHostname: slow.handler });
    const error = await failed(connection.call("connectGetHostname", {}, { deadlineMs: 20 }));
    expect(error).toMatchObject({ kind: "timeout", sent: true });
    slow.open();
    expect(await connection.call("connectGetVersion", {})).toEqual({ hvVer: 2n });
    expect(await connection.call("connectGetHostname", {})).toEqual({ hostname: "late" });
  });

  it("can be stopped by a signal, before and after it was sent", async () => {
    const slow = gate();
    const { connection } = await start({ connectGetHostname: slow.handler });
    const controller = new AbortController();
    const { signal } = controller;
    const calls = Array.from({ length: 6 }, () =>
      failed(connection.call("connectGetHostname", {}, { signal })),
    );
    await until(() => slow.asked.count === 4);
    controller.abort();
    const errors = await Promise.all(calls);
    expect(errors.map(({ kind }) => kind)).toEqual(Array(6).fill("aborted"));
    expect(errors.map(({ sent }) => sent)).toEqual([true, true, true, true, false, false]);
    slow.open();
    await connection.call("connectGetVersion", {});
    expect(slow.asked.count).toBe(4);
  });

  it("ends the connection when nothing can get through any more", async () => {
    const slow = gate();
    const { connection } = await start({ connectGetHostname: slow.handler });
    const wait = { deadlineMs: 20 };
    const calls = Array.from({ length: 4 }, () =>
      failed(connection.call("connectGetHostname", {}, wait)),
    );
    await Promise.all(calls);
    const queued = await failed(connection.call("connectGetVersion", {}, wait));
    expect(queued).toMatchObject({ kind: "timeout", sent: false });
    expect(await connection.closed).toMatchObject({ kind: "unreachable" });
  });
});

describe("many calls", () => {
  it("are never more than four at the daemon", async () => {
    const { connection, daemon } = await start({
      connectGetHostname: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return { hostname: "fake" };
      },
    });
    await Promise.all(Array.from({ length: 50 }, () => connection.call("connectGetHostname", {})));
    expect(daemon.sessions[0]?.maxInFlight).toBe(4);
  });

  it("of one lane go one at a time, and what hangs there holds up no other", async () => {
    const slow = gate();
    const { connection } = await start({ connectGetHostname: slow.handler });
    const wait = { deadlineMs: 20, lane: "locked" };
    const stuck = Array.from({ length: 6 }, () =>
      failed(connection.call("connectGetHostname", {}, wait)),
    );
    const errors = await Promise.all(stuck);
    expect(errors.map(({ sent }) => sent)).toEqual([true, ...Array(5).fill(false)]);
    expect(await connection.call("connectGetVersion", {}, { lane: "free" })).toEqual({ hvVer: 2n });
    const next = connection.call("connectGetHostname", {}, { lane: "locked" });
    expect(slow.asked.count).toBe(1);
    slow.open();
    expect(await next).toEqual({ hostname: "late" });
  });

  it("are refused when too many wait", async () => {
    const slow = gate();
    const { connection } = await start({ connectGetHostname: slow.handler });
    const call = () => connection.call("connectGetHostname", {});
    const calls = Array.from({ length: 4 + 4096 }, call);
    expect(await failed(call())).toMatchObject({ kind: "unreachable", sent: false });
    slow.open();
    await Promise.all(calls);
  });
});

describe("a connection that ends", () => {
  it("tells each call whether the daemon may have seen it", async () => {
    const slow = gate();
    const { connection, daemon } = await start({ connectGetHostname: slow.handler });
    const calls = Array.from({ length: 6 }, () =>
      failed(connection.call("connectGetHostname", {})),
    );
    await until(() => slow.asked.count === 4);
    daemon.sessions[0]?.destroy();
    const errors = await Promise.all(calls);
    expect(errors.map(({ kind }) => kind)).toEqual([
      ...Array(4).fill("outcome_unknown"),
      ...Array(2).fill("unreachable"),
    ]);
    expect(await connection.closed).toMatchObject({ kind: "unreachable" });
    const later = await failed(connection.call("connectGetVersion", {}));
    expect(later).toMatchObject({ kind: "unreachable", sent: false });
  });

  it("lets what is under way come to its end when it is to finish", async () => {
    const slow = gate();
    const { connection } = await start({ connectGetHostname: slow.handler });
    const calls = Array.from({ length: 5 }, () => connection.call("connectGetHostname", {}));
    await until(() => slow.asked.count === 4);
    const finished = connection.finish();
    slow.open();
    expect(await Promise.all(calls)).toEqual(Array(5).fill({ hostname: "late" }));
    await finished;
    expect(await connection.closed).toMatchObject({ kind: "closed" });
  });

  it("finishes without waiting for answers that nobody waits for", async () => {
    const slow = gate();
    const { connection } = await start({ connectGetHostname: slow.handler });
    const late = failed(connection.call("connectGetHostname", {}, { deadlineMs: 20 }));
    await connection.finish();
    expect(await late).toMatchObject({ kind: "timeout", sent: true });
    const later = await failed(connection.call("connectGetVersion", {}));
    expect(later).toMatchObject({ kind: "closed", sent: false });
  });

  it("tells the same when it was closed by us", async () => {
    const slow = gate();
    const { connection } = await start({ connectGetHostname: slow.handler });
    const calls = Array.from({ length: 5 }, () =>
      failed(connection.call("connectGetHostname", {})),
    );
    await until(() => slow.asked.count === 4);
    await connection.close();
    const kinds = (await Promise.all(calls)).map(({ kind }) => kind);
    expect(kinds).toEqual([...Array(4).fill("outcome_unknown"), "closed"]);
  });

  it.each([
    ["an impossible length", () => Buffer.alloc(64)],
    ["an answer that nobody asked for", () => frame(TYPE.reply, 4_242)],
    ["a stream that nobody opened", () => frame(TYPE.stream, 4_242)],
    ["an unknown type", () => frame(77, 1)],
    ["an event that cannot be read", () => frame(TYPE.message, 0, domainEvents.lifecycle.message)],
  ])("is ended by %s, and wakes who waits", async (_name, bytes) => {
    const slow = gate();
    const { connection, daemon } = await start({ connectGetHostname: slow.handler });
    await connection.onDomainEvent("lifecycle", () => undefined);
    const waiting = failed(connection.call("connectGetHostname", {}));
    await until(() => slow.asked.count === 1);
    await daemon.sessions[0]?.write(bytes());
    expect(await waiting).toMatchObject({ kind: "outcome_unknown", sent: true });
    expect(await connection.closed).toMatchObject({ kind: "protocol" });
  });

  it("names the call whose answer could not be read", async () => {
    const { connection } = await start({
      connectGetHostname: () => ({ hostname: "x" }),
      connectGetVersion(_args, { session }) {
        // Serial 5: after authList, connectOpen, connectSupportsFeature and connectGetHostname.
        void session.write(frame(TYPE.reply, 5, 4));
        return new Promise(() => undefined);
      },
    });
    await connection.call("connectGetHostname", {});
    const error = await failed(connection.call("connectGetVersion", {}));
    expect(error).toMatchObject({ kind: "protocol", sent: true });
    expect(error.message).toContain("connectGetVersion");
  });
});

describe("connecting", () => {
  it("fails as unreachable where nobody listens", async () => {
    const error = await failed(connect("qemu+unix:///system?socket=/nowhere/libvirt-sock"));
    expect(error).toMatchObject({ kind: "unreachable", sent: false });
    expect(error.message).toContain("/nowhere/libvirt-sock");
  });

  it("has a deadline and a signal", async () => {
    const never = () => new Promise<never>(() => undefined);
    daemon = await startFakeDaemon({ handlers: { connectOpen: never } });
    expect(await failed(connect(daemon.uri, { deadlineMs: 30 }))).toMatchObject({
      kind: "timeout",
    });
    const aborted = connect(daemon.uri, { signal: AbortSignal.timeout(30) });
    expect(await failed(aborted)).toMatchObject({ kind: "aborted" });
    const { sessions } = daemon;
    await until(() => sessions.length === 0);
  });

  it("takes polkit's word, and says what it cannot do", async () => {
    await start({ authList: () => ({ types: [2] }) });
    await connection?.close();
    await daemon?.stop();
    daemon = await startFakeDaemon({ handlers: { authList: () => ({ types: [1] }) } });
    const error = await failed(connect(daemon.uri));
    expect(error).toMatchObject({ kind: "refused" });
    expect(error.message).toContain("SASL");
  });

  it("puts the connection's name in front of its errors", async () => {
    const slow = gate();
    const { connection } = await start(
      { connectGetHostname: slow.handler },
      { connectionName: "host one", callDeadlineMs: 20 },
    );
    const error = await failed(connection.call("connectGetHostname", {}));
    expect(error.message).toMatch(/^host one: connectGetHostname /);
  });
});

describe("events", () => {
  it("survive a listener that throws", async () => {
    const errors: unknown[] = [];
    const onListenerError = (error: unknown) => errors.push(error);
    const { connection, daemon } = await start({}, { onListenerError });
    const seen: number[] = [];
    await connection.onDomainEvent("lifecycle", () => {
      throw new Error("broken listener");
    });
    await connection.onDomainEvent("lifecycle", ({ event }) => seen.push(event));
    const [dom] = [...daemon.state.domains.values()];
    daemon.emit(domainEvents.lifecycle, { dom, event: 4, detail: 0 });
    await until(() => seen.length === 1);
    expect(errors).toEqual([new Error("broken listener")]);
  });

  it("are registered again when the last listener goes as the next one comes", async () => {
    const { connection, daemon } = await start({});
    const seen: number[] = [];
    const stop = await connection.onDomainEvent("reboot", () => seen.push(1));
    const [, stopNext] = await Promise.all([
      stop(),
      connection.onDomainEvent("reboot", () => seen.push(2)),
    ]);
    const [dom] = [...daemon.state.domains.values()];
    daemon.emit(domainEvents.reboot, { dom });
    await until(() => seen.length === 1);
    expect(seen).toEqual([2]);
    await stopNext();
    expect(daemon.sessions[0]?.registrations.size).toBe(0);
  });

  it("that the daemon does not know are refused, and unsubscribing never fails", async () => {
    const { connection, daemon } = await start({});
    const stop = await connection.onPoolEvent("refresh", () => undefined);
    await daemon.stop();
    await connection.closed;
    await stop();
    expect(await failed(connection.onPoolEvent("refresh", () => undefined))).toMatchObject({
      kind: "unreachable",
    });
  });
});

/** A packet with no payload. */
function frame(type: number, serial: number, procedure = 1): Buffer {
  return encodePacket({
    program: 0x2000_8086,
    version: 1,
    procedure,
    type,
    serial,
    status: STATUS.ok,
  });
}
