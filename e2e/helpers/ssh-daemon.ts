import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promises as fs } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { findTestProgram } from "../../scripts/lib/unpacked.mjs";
import { eventually } from "./eventually";
import { freePort } from "./free-port";

const run = promisify(execFile);

export interface SshDaemon {
  port: number;
  /** Of a key that may sign in as root, and the file that knows the daemon. */
  keyFile: string;
  knownHosts: string;
  stop(): Promise<void>;
}

/**
 * The distribution's sshd on the loopback, with keys of its own in `folder`, for root. `within`
 * changes the command: in whose files it runs. It needs root and mounts of its own, because the
 * user and the folder that sshd gives its rights up to are a package's, which is not installed.
 */
export async function startSshDaemon(
  folder: string,
  within: (argv: string[]) => string[],
): Promise<SshDaemon> {
  const program = findTestProgram("sshd");
  if (program === null) throw new Error("There is no sshd: npm test fetches it");
  const port = await freePort();
  const file = (name: string) => join(folder, name);
  for (const name of ["host", "client"]) {
    await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file(name)]);
  }
  const hostKey = await fs.readFile(file("host.pub"), "utf8");
  await fs.writeFile(file("known_hosts"), `[127.0.0.1]:${port} ${hostKey}`);
  await fs.copyFile(file("client.pub"), file("authorized_keys"));
  const users = await fs.readFile("/etc/passwd", "utf8");
  const unprivileged = "sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin";
  await fs.writeFile(file("passwd"), `${users.replace(/^sshd:.*\n/m, "")}${unprivileged}\n`);
  const settings = {
    ListenAddress: `127.0.0.1:${port}`,
    HostKey: file("host"),
    AuthorizedKeysFile: file("authorized_keys"),
    PermitRootLogin: "prohibit-password",
    StrictModes: "no",
    PidFile: "none",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  await fs.writeFile(file("sshd_config"), `${lines.join("\n")}\n`);

  const mounts =
    'mkdir -p /run/sshd && mount -t tmpfs -o mode=755 sshd /run/sshd && mount --bind "$0" /etc/passwd && exec "$@"';
  // Not executed again for each connection: it would not find the libraries that came with it.
  const daemon = [
    "setpriv",
    "--pdeathsig",
    "TERM",
    program.path,
    "-D",
    "-e",
    "-r",
    "-f",
    file("sshd_config"),
  ];
  const [command = "", ...args] = within([
    ...["unshare", "--mount", "sh", "-c", mounts, file("passwd")],
    ...daemon,
  ]);
  const child = spawn(command, args, {
    env: { NODE_ENV: "test", PATH: process.env.PATH, ...program.env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => {
    complaint = (complaint + text.toString()).slice(-4_000);
  });
  await eventually("sshd's listening", async () => {
    if (child.exitCode !== null) throw new Error(`sshd ended: ${complaint}`);
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect").finally(() => socket.destroy());
  });
  return {
    port,
    keyFile: file("client"),
    knownHosts: file("known_hosts"),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, "exit");
    },
  };
}
