import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connection, connect, isLibvirtError, type PlainProcedure } from "../index";
import { Reader } from "../xdr/reader";
import type { Procedure } from "./call";
import { procedures } from "./procedures";

const socket = process.env.PORTICO_TEST_LIBVIRT_SOCKET ?? "";
const QUESTION = /(Get[A-Z]|List[A-Z]|Is[A-Z]|Lookup|Has[A-Z]|Stats$|Info$|Supports)/;
const HARMLESS_FAILURE = "refused";

/** Every procedure that only asks. Their results must decode to the last byte, or the call fails. */
const questions = Object.entries<Procedure>(procedures).filter(
  ([name, { mode }]) => mode === "plain" && QUESTION.test(name),
);

describe.each([
  ["libvirt's test driver", "test", "test+unix:///default", 45],
  ["QEMU", "qemu", "qemu+unix:///system", 45],
])("%s", (_title, type, uri, answersAtLeast) => {
  let connection: Connection;
  let known: Record<string, unknown>;

  beforeAll(async () => {
    connection = await connect(`${uri}?socket=${socket}`);
    known = await makeObjects(connection, type);
  }, 60_000);
  afterAll(async () => {
    await connection.call("domainUndefineFlags", { dom: known.dom as never });
    await connection.call("storagePoolDestroy", { pool: known.pool as never });
    await connection.close();
  });

  it("answers what we can read", async () => {
    const answered: string[] = [];
    for (const [name, procedure] of questions) {
      const args = { ...emptyArguments(procedure), ...known };
      try {
        await connection.call(name as PlainProcedure, args as never);
        answered.push(name);
      } catch (error) {
        if (!isLibvirtError(error)) throw error;
        expect(error.kind, `${name}: ${error.message}`).toBe(HARMLESS_FAILURE);
      }
    }
    expect(answered.length, answered.join(" ")).toBeGreaterThanOrEqual(answersAtLeast);
  });
});

/** Arguments that are all 0, empty or absent, read from zeros. */
function emptyArguments(procedure: Procedure): Record<string, unknown> {
  return procedure.args.read(new Reader(Buffer.alloc(8_192))) as Record<string, unknown>;
}

/** One object of each kind, under the names that arguments have. */
async function makeObjects(connection: Connection, type: string): Promise<Record<string, unknown>> {
  const xml = `<domain type="${type}"><name>sweep</name><memory>65536</memory><vcpu>2</vcpu><os><type>hvm</type></os></domain>`;
  const { dom } = await connection.call("domainDefineXmlFlags", { xml });
  const { pool } = await connection.call("storagePoolCreateXml", {
    xml: '<pool type="dir"><name>sweep</name><target><path>/tmp</path></target></pool>',
  });
  const { nets } = await connection.call("connectListAllNetworks", {});
  return { dom, pool, net: nets[0], network: nets[0], name: "sweep", uuid: dom.uuid, nparams: 16 };
}
