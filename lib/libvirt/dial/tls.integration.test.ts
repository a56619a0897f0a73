import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connection, connect } from "../index";
import { contract, failed } from "../testing/contract";
import { makePki } from "../testing/pki";
import { startTcpDaemon, type TcpDaemon } from "../testing/tcp-daemon";
import { parseUri } from "../uri";
import { dialTls } from "./tls";

const folder = mkdtempSync(join(tmpdir(), "libvirt-tls-"));
const pki = join(folder, "pki");
const otherPki = join(folder, "other-pki");
const never = new AbortController().signal;
let daemon: TcpDaemon;

beforeAll(async () => {
  await makePki(pki);
  await makePki(otherPki);
  daemon = await startTcpDaemon(folder, pki);
});

afterAll(async () => {
  await daemon?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function using(uri: string, use: (connection: Connection) => Promise<void>): Promise<void> {
  const connection = await connect(uri);
  try {
    await use(connection);
  } finally {
    await connection.close();
  }
}

describe("a real libvirtd", () => {
  const byTls = (query: string, host = "127.0.0.1") =>
    `test+tls://${host}:${daemon.tlsPort}/default?${query}`;

  it.each(contract.map((each) => [each.name, each.run] as const))("by TLS %s", (_name, run) =>
    using(byTls(`pkipath=${pki}`), run),
  );

  it.each(contract.map((each) => [each.name, each.run] as const))("by TCP %s", (_name, run) =>
    using(`test+tcp://127.0.0.1:${daemon.tcpPort}/default`, run),
  );

  it("is known by its name as well as by its address", () =>
    using(byTls(`pkipath=${pki}`, "localhost"), async (connection) => {
      await connection.call("connectGetHostname", {});
    }));

  it("of another authority is not trusted", async () => {
    const error = await failed(connect(byTls(`pkipath=${otherPki}`)));
    expect(error).toMatchObject({ kind: "unreachable" });
    expect(error.message).toMatch(/certificate/i);
  });

  it("does not let in who has no certificate of its authority", async () => {
    const error = await failed(connect(byTls(`pkipath=${otherPki}&no_verify=1`)));
    expect(error).toMatchObject({ kind: "unreachable" });
  });

  it("needs files where the URI says they are", async () => {
    const error = await failed(connect(byTls("pkipath=/nowhere")));
    expect(error).toMatchObject({ kind: "unreachable" });
    expect(error.message).toContain("/nowhere/");
  });
});

describe("the byte after the handshake", () => {
  async function dialTo(answer: (socket: TLSSocket) => void): Promise<string> {
    const read = (name: string) => readFileSync(join(pki, `${name}.pem`));
    const server = createServer({ key: read("serverkey"), cert: read("servercert") }, answer);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    try {
      const uri = parseUri(`test+tls://127.0.0.1:${port}/default?pkipath=${pki}`);
      const pipe = await dialTls(uri, never);
      const [first] = await once(pipe, "data");
      pipe.destroy();
      return String(first);
    } finally {
      server.close();
    }
  }

  it("is taken off, also when more comes with it", async () => {
    expect(await dialTo((socket) => socket.end("\u0001frames"))).toBe("frames");
  });

  it("is a refusal when it is another one, or never comes", async () => {
    const other = await failed(dialTo((socket) => socket.end("x")));
    expect(other).toMatchObject({ kind: "unreachable" });
    const none = await failed(dialTo((socket) => socket.end()));
    expect(none).toMatchObject({ kind: "unreachable" });
  });
});
