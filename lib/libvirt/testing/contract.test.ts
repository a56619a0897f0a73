import { afterAll, beforeAll, describe, it } from "vitest";
import { connect } from "../index";
import { contract } from "./contract";
import { type FakeDaemon, startFakeDaemon } from "./fake-daemon";
import { storageContract } from "./storage-contract";

const cases = [...contract, ...storageContract("default-pool")];

describe.each([
  ["one byte at a time", 1],
  ["in pieces of 4,093 bytes", 4_093],
  ["as fast as it goes", undefined],
])("the fake daemon, %s", (_name, chunkBytes) => {
  let daemon: FakeDaemon;

  beforeAll(async () => {
    daemon = await startFakeDaemon({ chunkBytes });
  });
  afterAll(() => daemon.stop());

  it.each(cases.map((each) => [each.name, each.run] as const))(
    "%s",
    async (_title, run) => {
      const connection = await connect(daemon.uri);
      try {
        await run(connection);
      } finally {
        await connection.close();
      }
    },
    60_000,
  );
});
