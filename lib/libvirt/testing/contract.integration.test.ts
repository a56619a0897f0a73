import { afterAll, beforeAll, describe, it } from "vitest";
import { type Connection, connect } from "../index";
import { type ContractCase, contract } from "./contract";
import { storageContract } from "./storage-contract";

const socket = process.env.PORTICO_TEST_LIBVIRT_SOCKET ?? "";
const POOL = "portico-contract";

function run(uri: string, cases: ContractCase[]): void {
  it.each(cases.map((each) => [each.name, each.run] as const))("%s", async (_title, prove) => {
    const connection = await connect(uri);
    try {
      await prove(connection);
    } finally {
      await connection.close();
    }
  });
}

describe("libvirt's test driver", () => {
  run(`test+unix:///default?socket=${socket}`, contract);
});

describe("QEMU's storage", () => {
  const uri = `qemu+unix:///system?socket=${socket}`;
  let connection: Connection;

  beforeAll(async () => {
    connection = await connect(uri);
    const path = `/var/lib/libvirt/${POOL}`;
    const xml = `<pool type="dir"><name>${POOL}</name><target><path>${path}</path></target></pool>`;
    const { pool } = await connection.call("storagePoolDefineXml", { xml });
    await connection.call("storagePoolBuild", { pool });
    await connection.call("storagePoolCreate", { pool });
  });
  afterAll(async () => {
    const { pool } = await connection.call("storagePoolLookupByName", { name: POOL });
    await connection.call("storagePoolDestroy", { pool });
    await connection.call("storagePoolDelete", { pool });
    await connection.call("storagePoolUndefine", { pool });
    await connection.close();
  });

  run(uri, storageContract(POOL));
});
