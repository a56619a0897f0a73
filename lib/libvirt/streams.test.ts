import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { type Connection, connect, type VolumeRef } from "./index";
import { failed, until } from "./testing/contract";
import { type FakeDaemon, type FakeDaemonOptions, startFakeDaemon } from "./testing/fake-daemon";

let daemon: FakeDaemon;
let connection: Connection;

async function start(handlers: FakeDaemonOptions["handlers"] = {}): Promise<void> {
  daemon = await startFakeDaemon({ handlers });
  connection = await connect(daemon.uri);
}

afterEach(async () => {
  await connection.close();
  await daemon.stop();
});

async function volume(sizeBytes: number): Promise<VolumeRef> {
  const { pool } = await connection.call("storagePoolLookupByName", { name: "default-pool" });
  const xml = `<volume><name>v</name><capacity>${sizeBytes}</capacity></volume>`;
  return (await connection.call("storageVolCreateXml", { pool, xml })).vol;
}

async function openConsole() {
  const { dom } = await connection.call("domainLookupByName", { name: "test" });
  return (await connection.duplex("domainOpenConsole", { dom })).stream;
}

describe("a download", () => {
  it("that nobody reads holds the daemon back, and calls go on", async () => {
    let sentPieces = 0;
    await start({
      storageVolDownload(_args, { open }) {
        open({ source: count(400) });
      },
    });
    function* count(pieces: number) {
      for (; sentPieces < pieces; sentPieces++) yield Buffer.alloc(262_120);
    }
    const args = { vol: await volume(1), offset: 0n, length: 0n };
    const { stream } = await connection.download("storageVolDownload", args);
    let before = -1;
    while (sentPieces > before) {
      before = sentPieces;
      await connection.call("connectGetHostname", {});
    }
    expect(sentPieces).toBeLessThan(40);
    let bytes = 0;
    for await (const piece of stream) bytes += piece.length;
    expect(bytes).toBe(400 * 262_120);
  });

  it("that is cut off fails, and never ends as if it were whole", async () => {
    await start();
    const args = { vol: await volume(8 << 20), offset: 0n, length: 0n };
    const { stream } = await connection.download("storageVolDownload", args);
    const read = async () => {
      for await (const piece of stream) {
        expect(piece.length).toBeGreaterThan(0);
        daemon.sessions[1]?.destroy();
      }
    };
    expect(await failed(read())).toMatchObject({ kind: "outcome_unknown" });
    await connection.call("connectGetHostname", {});
  });

  it("ends with the connection it belongs to, and by its signal", async () => {
    await start();
    const args = { vol: await volume(8 << 20), offset: 0n, length: 0n };
    const controller = new AbortController();
    const first = await connection.download("storageVolDownload", args, {
      signal: controller.signal,
    });
    const second = await connection.download("storageVolDownload", args);
    controller.abort();
    await until(() => first.stream.closed);
    expect(first.stream.errored).toMatchObject({ kind: "aborted" });
    expect(second.stream.destroyed).toBe(false);
    await connection.close();
    expect(second.stream.destroyed).toBe(true);
    await until(() => daemon.sessions.length === 0);
    const late = connection.download("storageVolDownload", args);
    expect(await failed(late)).toMatchObject({ kind: "closed", sent: false });
  });
});

describe("a console", () => {
  it("carries bytes both ways until we end it", async () => {
    await start();
    const stream = await openConsole();
    stream.write("hello");
    const [echo] = await once(stream, "data");
    expect(String(echo)).toBe("hello");
    stream.end();
    await once(stream, "end");
    await until(() => daemon.sessions.length === 1);
  });

  it("whose guest takes no input holds back who writes, loses nothing, and calls go on", async () => {
    let receivedBytes = 0;
    await start({
      domainOpenConsole(_args, { open }) {
        open({
          onData(bytes) {
            receivedBytes += bytes.length;
            return undefined;
          },
        });
      },
    });
    const stream = await openConsole();
    daemon.sessions[1]?.pause();
    const piece = Buffer.alloc(64 * 1024);
    const most = 40 * 1024 * 1024;
    let writtenBytes = 0;
    while (writtenBytes < most && stream.writableLength === 0) {
      stream.write(piece);
      writtenBytes += piece.length;
      await connection.call("connectGetHostname", {});
    }
    expect(writtenBytes).toBeLessThan(most);
    expect(stream.writableLength).toBeLessThanOrEqual(piece.length);
    daemon.sessions[1]?.resume();
    await until(() => receivedBytes === writtenBytes);
  });

  it("that nobody reads holds the guest back, and goes on where it was", async () => {
    let saidPieces = 0;
    function* say() {
      for (; saidPieces < 400; saidPieces++) yield Buffer.alloc(64 * 1024, saidPieces);
    }
    await start({
      domainOpenConsole(_args, { open }) {
        open({ source: say() });
      },
    });
    const stream = await openConsole();
    let before = -1;
    while (saidPieces > before) {
      before = saidPieces;
      await connection.call("connectGetHostname", {});
    }
    expect(saidPieces).toBeLessThan(200);
    const pieces: Buffer[] = [];
    for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
    const whole = Buffer.concat(pieces);
    expect(whole.length).toBe(400 * 64 * 1024);
    const wrong = Array.from({ length: 400 }, (_, at) => at).filter(
      (at) => whole[at * 64 * 1024] !== at % 256,
    );
    expect(wrong).toEqual([]);
  });

  it("ends when the guest does", async () => {
    await start({
      domainOpenConsole(_args, { open }) {
        open({ source: [Buffer.from("bye")] });
      },
    });
    const stream = await openConsole();
    const pieces: string[] = [];
    for await (const piece of stream) pieces.push(String(piece));
    expect(pieces).toEqual(["bye"]);
  });
});
