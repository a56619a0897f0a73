import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connection, connect, isLibvirtError, type PlainProcedure } from "../index";
import { Reader } from "../xdr/reader";
import type { Procedure } from "./call";
import { procedures } from "./procedures";

/** Inside the private host. */
const FOLDER = "/var/lib/libvirt/sweep";
/** VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA. */
const WITH_SNAPSHOTS = 2;

type Values = Record<string, unknown>;

const socket = process.env.PORTICO_TEST_LIBVIRT_SOCKET ?? "";
const CDROM = '<disk type="file" device="cdrom"><target dev="hda" bus="ide"/><readonly/></disk>';
const QUESTION =
  /(Get[A-Z]|List[A-Z]|Is[A-Z]|Lookup|Has[A-Z]|Stats$|Info$|Supports|Addresses|Current|Capabilities)/;

/** Every procedure that only asks. Its result must decode to the last byte, or the call fails. */
const questions = Object.entries<Procedure>(procedures).filter(
  ([name, { mode }]) => mode === "plain" && QUESTION.test(name),
);

describe.each([
  ["libvirt's test driver", "test", "test+unix:///default", "", 90],
  ["QEMU", "qemu", "qemu+unix:///system", CDROM, 95],
])("%s", (_title, type, uri, devices, answersAtLeast) => {
  let connection: Connection;
  let sets: Values[] = [];

  beforeAll(async () => {
    connection = await connect(`${uri}?socket=${socket}`);
    sets = await argumentSets(connection, type, devices);
  }, 60_000);
  afterAll(async () => {
    const { dom, net, pool, vol } = sets[0] as never;
    await connection.call("networkDestroy", { net });
    await connection.call("networkUndefine", { net });
    await connection.call("domainDestroyFlags", { dom });
    await connection.call("domainUndefineFlags", { dom, flags: WITH_SNAPSHOTS });
    await connection.call("storageVolDelete", { vol });
    await connection.call("storagePoolDestroy", { pool });
    await connection.call("storagePoolDelete", { pool });
    await connection.call("storagePoolUndefine", { pool });
    await connection.close();
  });

  it("gives answers that we can read", async () => {
    const answered = new Set<string>();
    for (const [name, procedure] of questions) {
      for (const values of sets) {
        const args = { ...emptyArguments(procedure), ...present(values) } as never;
        const answer = await connection.call(name as PlainProcedure, args).catch((error) => error);
        if (!(answer instanceof Error)) answered.add(name);
        else if (!isLibvirtError(answer) || answer.kind !== "refused") throw answer;
      }
    }
    expect(answered.size, [...answered].join(" ")).toBeGreaterThanOrEqual(answersAtLeast);
  }, 60_000);
});

function present(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Arguments that are all 0, empty or absent, read from zeros. */
function emptyArguments(procedure: Procedure): Values {
  return procedure.args.read(new Reader(Buffer.alloc(8_192))) as Values;
}

/** Values by the names that arguments have; one of the sets should suit each question. */
async function argumentSets(
  connection: Connection,
  type: string,
  devices: string,
): Promise<Values[]> {
  const xml = `<domain type="${type}"><name>sweep</name><memory>65536</memory><vcpu>2</vcpu><os><type>hvm</type></os><devices>${devices}</devices></domain>`;
  const defined = await connection.call("domainDefineXmlFlags", { xml });
  const { dom } = await connection.call("domainCreateWithFlags", defined);
  const { pool } = await connection.call("storagePoolDefineXml", {
    xml: `<pool type="dir"><name>sweep</name><target><path>${FOLDER}</path></target></pool>`,
  });
  await connection.call("storagePoolBuild", { pool });
  await connection.call("storagePoolCreate", { pool });
  const { vol } = await connection.call("storageVolCreateXml", {
    pool,
    xml: "<volume><name>sweep.img</name><capacity>4096</capacity></volume>",
  });
  const { net } = await connection.call("networkDefineXml", {
    xml: '<network><name>sweep</name><bridge name="sweep0"/></network>',
  });
  await connection.call("networkCreate", { net });
  const snapshots = await connection
    .call("domainSnapshotCreateXml", {
      dom,
      xmlDesc: "<domainsnapshot><name>s</name></domainsnapshot>",
    })
    .catch(() => null);
  const { ifaces } = await connection.call("connectListAllInterfaces", {});
  const [iface] = ifaces;
  const objects = {
    dom,
    pool,
    vol,
    net,
    network: net,
    snap: snapshots?.snap,
    iface,
    snapshot: snapshots?.snap,
  };
  const disk = { path: "hda", disk: "hda", device: "hda" };
  const sizes = {
    maxinfo: 2,
    maplen: 8,
    ncpumaps: 2,
    maxcells: 4,
    maxStats: 16,
    maxerrors: 8,
    ncpus: 1,
  };
  return [
    { ...objects, ...disk, name: dom.name, uuid: dom.uuid, id: dom.id, pages: [4], cellCount: 1 },
    {
      ...objects,
      ...disk,
      ...sizes,
      name: net.name,
      uuid: net.uuid,
      nparams: 16,
      cpuNum: -1,
      cellNum: -1,
    },
    { ...objects, ...sizes, name: iface?.name, mac: iface?.mac, uuid: pool.uuid, nparams: 4 },
    { ...objects, name: pool.name, key: vol.key, path: vol.key, needMap: 1, needOnline: 1 },
    { ...objects, name: "sweep.img", path: FOLDER, arch: "x86_64", nparams: 2, source: 0 },
    { ...objects, name: "s" },
    { ...objects, name: "computer" },
    { ...objects, name: "no-ip-spoofing" },
  ];
}
