import { strict as assert } from "node:assert";
import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type { VolumeRef } from "../index";
import { type ContractCase, failed, refused } from "./contract";

/** Not a multiple of anything, and longer than one stream packet. */
const SIZE = 270_001;
const NO_SPACE = 38;
const NO_VOLUME = 50;

/** What volumes promise; needs a pool named `poolName` that takes raw volumes. */
export function storageContract(poolName: string): ContractCase[] {
  return [
    {
      name: "uploads and downloads a volume, byte for byte",
      async run(connection) {
        await withVolume(connection, poolName, async (vol) => {
          const bytes = randomBytes(SIZE);
          const source = Readable.from([bytes.subarray(0, 1), bytes.subarray(1)]);
          const whole = { vol, offset: 0n, length: BigInt(SIZE) };
          await connection.upload("storageVolUpload", whole, source);
          const { stream } = await connection.download("storageVolDownload", whole);
          const hash = createHash("sha256");
          for await (const piece of stream) hash.update(piece);
          assert.equal(hash.digest("hex"), createHash("sha256").update(bytes).digest("hex"));
        });
      },
    },
    {
      name: "surfaces a refusal in the middle of an upload",
      async run(connection) {
        await withVolume(connection, poolName, async (vol) => {
          const args = { vol, offset: 0n, length: 1_000n };
          const upload = connection.upload(
            "storageVolUpload",
            args,
            Readable.from([Buffer.alloc(5_000)]),
          );
          assert.equal((await refused(upload)).libvirtCode, NO_SPACE);
        });
      },
    },
    {
      name: "refuses a stream that cannot open, and the connection goes on",
      async run(connection) {
        const vol = { pool: poolName, name: "no-such", key: "/no/such" };
        const args = { vol, offset: 0n, length: 0n };
        const upload = connection.upload(
          "storageVolUpload",
          args,
          Readable.from([Buffer.alloc(1)]),
        );
        assert.equal((await refused(upload)).libvirtCode, NO_VOLUME);
        await connection.call("connectGetHostname", {});
      },
    },
    {
      name: "passes on the error of an upload's source, and an abort",
      async run(connection) {
        await withVolume(connection, poolName, async (vol) => {
          const args = { vol, offset: 0n, length: BigInt(SIZE) };
          const broken = new Error("the browser has gone");
          async function* source() {
            yield Buffer.alloc(100_000);
            throw broken;
          }
          await assert.rejects(connection.upload("storageVolUpload", args, source()), broken);

          const controller = new AbortController();
          async function* endless() {
            yield Buffer.alloc(100_000);
            controller.abort();
            await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
          }
          const { signal } = controller;
          const stopped = connection.upload("storageVolUpload", args, endless(), { signal });
          assert.equal((await failed(stopped)).kind, "aborted");
          await connection.call("storageVolGetInfo", { vol });
        });
      },
    },
    {
      name: "lets go of a download that nobody wants to the end",
      async run(connection) {
        await withVolume(connection, poolName, async (vol) => {
          const args = { vol, offset: 0n, length: 0n };
          const { stream } = await connection.download("storageVolDownload", args);
          for await (const piece of stream) {
            assert.ok(piece.length > 0);
            break;
          }
          assert.equal(stream.destroyed, true);
          await connection.call("storageVolGetInfo", { vol });
        });
      },
    },
  ];
}

async function withVolume(
  connection: Parameters<ContractCase["run"]>[0],
  poolName: string,
  use: (vol: VolumeRef) => Promise<void>,
): Promise<void> {
  const { pool } = await connection.call("storagePoolLookupByName", { name: poolName });
  const format = "<target><format type='raw'/></target>";
  const xml = `<volume><name>contract.img</name><capacity>${SIZE}</capacity>${format}</volume>`;
  const { vol } = await connection.call("storageVolCreateXml", { pool, xml });
  try {
    await use(vol);
  } finally {
    await connection.call("storageVolDelete", { vol });
  }
}
