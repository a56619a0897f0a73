import { spawn } from "node:child_process";
import { once } from "node:events";
import { promises as fs } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";

const NOBODY = 65_534;
const START_DEADLINE_MS = 30_000;

export interface TcpDaemon {
  tcpPort: number;
  tlsPort: number;
  stop(): Promise<void>;
}

/**
 * A real libvirtd that listens by TCP and TLS on the loopback, for `test:///default`. It runs as an
 * ordinary user, so that it has nothing in common with the system's daemon; all its files are in
 * `folder`, its certificates in `pki`.
 */
export async function startTcpDaemon(folder: string, pki: string): Promise<TcpDaemon> {
  const [tcpPort, tlsPort] = [await freePort(), await freePort()];
  const config = join(folder, "libvirtd.conf");
  const settings = {
    listen_tcp: 1,
    listen_tls: 1,
    listen_addr: "127.0.0.1",
    tcp_port: String(tcpPort),
    tls_port: String(tlsPort),
    auth_tcp: "none",
    auth_tls: "none",
    ca_file: `${pki}/cacert.pem`,
    cert_file: `${pki}/servercert.pem`,
    key_file: `${pki}/serverkey.pem`,
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  await fs.writeFile(config, lines.join("\n"));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await giveAway(folder);

  const child = spawn("libvirtd", ["--listen", "--config", config], {
    uid: isRoot ? NOBODY : undefined,
    gid: isRoot ? NOBODY : undefined,
    env: {
      NODE_ENV: "test",
      PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
      HOME: folder,
      XDG_RUNTIME_DIR: folder,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => {
    complaint += text;
  });
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill();
    await ended;
  };
  try {
    await listening(tlsPort);
  } catch (error) {
    await stop();
    throw new Error(`libvirtd did not start: ${complaint}`, { cause: error });
  }
  return { tcpPort, tlsPort, stop };
}

async function giveAway(path: string): Promise<void> {
  await fs.chown(path, NOBODY, NOBODY);
  for (const entry of await fs.readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await giveAway(inner);
    else await fs.chown(inner, NOBODY, NOBODY);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function listening(port: number): Promise<void> {
  const deadline = performance.now() + START_DEADLINE_MS;
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      socket.destroy();
    }
  }
}
