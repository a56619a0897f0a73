import { strict as assert } from "node:assert";
import type { Connection, DomainRef, LibvirtError } from "../index";
import { isLibvirtError } from "../index";

/** One promise of the client, provable on any daemon that has the objects of libvirt's test driver. */
export interface ContractCase {
  name: string;
  run(connection: Connection): Promise<void>;
}

const STATE_RUNNING = 1;
const STATE_PAUSED = 3;
const STATE_SHUTOFF = 5;
const SUSPENDED = 3;
const RESUMED = 4;
const NO_DOMAIN = 42;

/** Run against the fake daemon, a byte at a time, and against the real one. */
export const contract: ContractCase[] = [
  {
    name: "says who it is: texts, numbers and fixed character arrays",
    async run(connection) {
      const { hostname } = await connection.call("connectGetHostname", {});
      const { model, cpus, memory } = await connection.call("nodeGetInfo", {});
      assert.ok(hostname.length > 0);
      assert.equal(model, "i686");
      assert.equal(cpus, 16);
      assert.equal(memory, 3_145_728n);
    },
  },
  {
    name: "lists domains and finds each again by name and by UUID",
    async run(connection) {
      const { domains, ret } = await connection.call("connectListAllDomains", {});
      assert.equal(ret, domains.length);
      assert.ok(domains.some(({ name }) => name === "test"));
      for (const { name, uuid } of domains) {
        assert.match(uuid, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        const found = await connection.call("domainLookupByUuid", { uuid });
        assert.deepEqual(await connection.call("domainLookupByName", { name }), found);
        assert.equal(found.dom.name, name);
      }
    },
  },
  {
    name: "reports a refusal with libvirt's code and stays usable",
    async run(connection) {
      const error = await refused(connection.call("domainLookupByName", { name: "no-such" }));
      assert.equal(error.libvirtCode, NO_DOMAIN);
      assert.equal(error.level, 2);
      assert.match(error.message, /Domain not found/);
      await connection.call("connectGetHostname", {});
    },
  },
  {
    name: "refuses arguments that do not fit before anything is sent",
    async run(connection) {
      const bad = connection.call("domainLookupByUuid", { uuid: "not-a-uuid" });
      assert.equal((await failed(bad)).kind, "protocol");
      const cut = connection.call("domainLookupByName", { name: "test\0else" });
      assert.equal((await failed(cut)).kind, "protocol");
      await connection.call("connectGetHostname", {});
    },
  },
  {
    name: "defines, starts, stops and undefines",
    async run(connection) {
      await withDomain(connection, domainXml("contract-life"), async (dom) => {
        assert.equal(await stateOf(connection, dom), STATE_SHUTOFF);
        const started = await connection.call("domainCreateWithFlags", { dom });
        assert.ok(started.dom.id >= 0);
        assert.equal(await stateOf(connection, dom), STATE_RUNNING);
        await connection.call("domainSuspend", { dom });
        assert.equal(await stateOf(connection, dom), STATE_PAUSED);
        await connection.call("domainDestroyFlags", { dom });
        assert.equal(await stateOf(connection, dom), STATE_SHUTOFF);
      });
      const gone = connection.call("domainLookupByName", { name: "contract-life" });
      assert.equal((await refused(gone)).libvirtCode, NO_DOMAIN);
    },
  },
  {
    name: "carries any text, and texts longer than one read",
    async run(connection) {
      const title = "虚拟机 – Prüfung 🖥";
      const description = "0123456789abcdef".repeat(3_000);
      const xml = domainXml(
        "contract-text",
        `<title>${title}</title><description>${description}</description>`,
      );
      await withDomain(connection, xml, async (dom) => {
        const back = await connection.call("domainGetXmlDesc", { dom });
        assert.ok(back.xml.includes(`<title>${title}</title>`));
        assert.ok(back.xml.includes(description));
      });
    },
  },
  {
    name: "reads statistics: every parameter by name, 64-bit numbers exact",
    async run(connection) {
      const { retStats } = await connection.call("connectGetAllDomainStats", {
        doms: [],
        stats: 0,
      });
      const record = retStats.find(({ dom }) => dom.name === "test");
      assert.equal(record?.params["state.state"], STATE_RUNNING);
      assert.equal(typeof record?.params["state.reason"], "number");
      assert.ok(record !== undefined);
      const { maxMem, nrVirtCpu } = await connection.call("domainGetInfo", { dom: record.dom });
      assert.equal(maxMem, 8_388_608n);
      assert.equal(nrVirtCpu, 2);
    },
  },
  {
    name: "answers each of many calls at once with its own answer",
    async run(connection) {
      const { domains } = await connection.call("connectListAllDomains", {});
      const asked = Array.from({ length: 60 }, (_, index) => domains[index % domains.length]);
      await Promise.all(
        asked.map(async (dom, index) => {
          assert.ok(dom);
          if (index % 3 === 0) {
            await refused(connection.call("domainLookupByName", { name: `none-${index}` }));
          } else {
            const found = await connection.call("domainLookupByName", { name: dom.name });
            assert.equal(found.dom.uuid, dom.uuid);
          }
        }),
      );
    },
  },
  {
    name: "delivers domain events to every listener, in order, until the last has gone",
    async run(connection) {
      const { dom } = await connection.call("domainLookupByName", { name: "test" });
      const first: number[] = [];
      const second: number[] = [];
      const stopFirst = await connection.onDomainEvent("lifecycle", (event) => {
        if (event.dom.uuid === dom.uuid) first.push(event.event);
      });
      const stopSecond = await connection.onDomainEvent("lifecycle", (event) => {
        if (event.dom.uuid === dom.uuid) second.push(event.event);
      });
      await connection.call("domainSuspend", { dom });
      await connection.call("domainResume", { dom });
      await until(() => second.length === 2);
      await stopFirst();
      await connection.call("domainSuspend", { dom });
      await connection.call("domainResume", { dom });
      await until(() => second.length === 4);
      await stopSecond();
      await connection.call("domainSuspend", { dom });
      await connection.call("domainResume", { dom });
      await connection.call("connectGetHostname", {});
      assert.deepEqual(first, [SUSPENDED, RESUMED]);
      assert.deepEqual(second, [SUSPENDED, RESUMED, SUSPENDED, RESUMED]);
    },
  },
  {
    name: "keeps events of domains, networks and pools apart",
    async run(connection) {
      const seen: string[] = [];
      const { net } = await connection.call("networkLookupByName", { name: "default" });
      const { pool } = await connection.call("storagePoolLookupByName", { name: "default-pool" });
      const stops = [
        await connection.onDomainEvent("lifecycle", () => seen.push("domain")),
        await connection.onNetworkEvent("lifecycle", (event) => seen.push(`net ${event.net.name}`)),
        await connection.onPoolEvent("refresh", (event) => seen.push(`pool ${event.pool.name}`)),
      ];
      await connection.call("networkDestroy", { net });
      await connection.call("networkCreate", { net });
      await connection.call("storagePoolRefresh", { pool });
      await until(() => seen.length === 3);
      assert.deepEqual(seen, ["net default", "net default", "pool default-pool"]);
      for (const stop of stops) await stop();
    },
  },
  {
    name: "downloads a stream to its confirmed end",
    async run(connection) {
      const { dom } = await connection.call("domainLookupByName", { name: "test" });
      const shot = await connection.download("domainScreenshot", { dom, screen: 0 });
      const pieces: Buffer[] = [];
      for await (const piece of shot.stream) pieces.push(piece);
      assert.equal(shot.result.mime, "image/png");
      assert.equal(Buffer.concat(pieces).subarray(1, 4).toString(), "PNG");
    },
  },
  {
    name: "tells a stopped caller that nothing was sent",
    async run(connection) {
      const signal = AbortSignal.abort();
      const error = await failed(connection.call("connectGetHostname", {}, { signal }));
      assert.equal(error.kind, "aborted");
      assert.equal(error.sent, false);
      await connection.call("connectGetHostname", {});
    },
  },
  {
    name: "is closed for good by close",
    async run(connection) {
      await connection.close();
      assert.equal((await connection.closed).kind, "closed");
      const error = await failed(connection.call("connectGetHostname", {}));
      assert.equal(error.kind, "closed");
      assert.equal(error.sent, false);
    },
  },
];

export function domainXml(name: string, inside = ""): string {
  return `<domain type="test"><name>${name}</name>${inside}<memory>8192</memory><vcpu>2</vcpu><os><type>hvm</type></os></domain>`;
}

/** Polls, for what arrives by itself. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    assert.ok(performance.now() < deadline, "it did not happen within 20 s");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The LibvirtError that the promise rejects with. */
export async function failed(promise: Promise<unknown>): Promise<LibvirtError> {
  const error = await promise.then(
    () => assert.fail("it should have failed"),
    (reason: unknown) => reason,
  );
  assert.ok(isLibvirtError(error), String(error));
  return error;
}

export async function refused(promise: Promise<unknown>): Promise<LibvirtError> {
  const error = await failed(promise);
  assert.equal(error.kind, "refused");
  return error;
}

async function stateOf(connection: Connection, dom: DomainRef): Promise<number> {
  return (await connection.call("domainGetState", { dom })).state;
}

async function withDomain(
  connection: Connection,
  xml: string,
  use: (dom: DomainRef) => Promise<void>,
): Promise<void> {
  const { dom } = await connection.call("domainDefineXmlFlags", { xml });
  try {
    await use(dom);
  } finally {
    await connection.call("domainUndefineFlags", { dom });
  }
}
