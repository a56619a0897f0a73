import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Connection,
  connect,
  type DomainEventName,
  type DomainRef,
  type NetworkEventName,
  type PoolEventName,
} from "./index";
import { domainEvents, networkEvents, poolEvents } from "./protocol/events";
import { refused, until } from "./testing/contract";

const uri = `qemu+unix:///system?socket=${process.env.PORTICO_TEST_LIBVIRT_SOCKET ?? ""}`;
const STARTED = 2;
const SUSPENDED = 3;
const RESUMED = 4;
const STOPPED = 5;
const SAFE = 2;
const CONSOLE_TAKEN = 9;

/** Firmware that talks on the serial port is all the guest that the wire needs. */
const XML = `<domain type="qemu">
  <name>wire</name><memory unit="MiB">32</memory><vcpu>1</vcpu>
  <os><type>hvm</type><bios useserial="yes"/></os>
  <devices>
    <serial type="pty"/><console type="pty"/>
    <video><model type="vga"/></video>
  </devices>
</domain>`;

describe("a guest in QEMU", () => {
  let connection: Connection;
  let dom: DomainRef;
  const events: number[] = [];

  beforeAll(async () => {
    connection = await connect(uri);
    await connection.onDomainEvent("lifecycle", (event) => {
      if (event.dom.name === "wire") events.push(event.event);
    });
    await connection.call("domainDefineXmlFlags", { xml: XML });
    const { dom: defined } = await connection.call("domainLookupByName", { name: "wire" });
    ({ dom } = await connection.call("domainCreateWithFlags", { dom: defined }));
  });
  afterAll(async () => {
    await connection.call("domainDestroyFlags", { dom }).catch(() => undefined);
    await connection.call("domainUndefineFlags", { dom });
    await connection.close();
  });

  it("tells its life", async () => {
    await connection.call("domainSuspend", { dom });
    await connection.call("domainResume", { dom });
    await until(() => events.includes(RESUMED));
    const wanted = [STARTED, SUSPENDED, RESUMED];
    expect(events.filter((event) => wanted.includes(event)).slice(-2)).toEqual([
      SUSPENDED,
      RESUMED,
    ]);
    expect(events).toContain(STARTED);
  });

  it("can be watched in every way there is", async () => {
    const domain = Object.keys(domainEvents) as DomainEventName[];
    const network = Object.keys(networkEvents) as NetworkEventName[];
    const pool = Object.keys(poolEvents) as PoolEventName[];
    const stops = [
      ...domain.map((name) => connection.onDomainEvent(name, () => undefined)),
      ...network.map((name) => connection.onNetworkEvent(name, () => undefined)),
      ...pool.map((name) => connection.onPoolEvent(name, () => undefined)),
    ];
    for (const stop of await Promise.all(stops)) await stop();
  });

  it("shows its screen", async () => {
    const { result, stream } = await connection.download("domainScreenshot", { dom, screen: 0 });
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(piece);
    expect(result.mime).toMatch(/^image\//);
    expect(Buffer.concat(pieces).length).toBeGreaterThan(100);
  });

  it("answers through its monitor", async () => {
    const cmd = JSON.stringify({ execute: "query-status" });
    const { result } = await connection.call("qemuDomainMonitorCommand", { dom, cmd });
    expect(JSON.parse(result)).toMatchObject({ return: { status: "running" } });
  });

  it("has statistics of every kind of number", async () => {
    const { retStats } = await connection.call("connectGetAllDomainStats", {
      doms: [dom],
      stats: 0,
    });
    const params = retStats[0]?.params ?? {};
    expect(params["state.state"]).toBe(1);
    expect(params["balloon.maximum"]).toBe(32_768n);
    expect(params["vcpu.current"]).toBe(1);
  });

  it("talks on its serial port, to one at a time, until it stops", async () => {
    const { stream } = await connection.duplex("domainOpenConsole", { dom });
    let text = "";
    stream.on("data", (piece: Buffer) => {
      text += piece;
    });
    const second = connection.duplex("domainOpenConsole", { dom, flags: SAFE });
    expect((await refused(second)).libvirtCode).toBe(CONSOLE_TAKEN);
    await connection.call("domainReset", { dom });
    await until(() => text.includes("SeaBIOS"));
    const ended = once(stream, "end");
    await connection.call("domainDestroyFlags", { dom });
    await ended;
    await until(() => events.at(-1) === STOPPED);
  });
});
