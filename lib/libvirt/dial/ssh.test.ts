import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connect } from "../index";
import { failed, until } from "../testing/contract";
import { type FakeDaemon, startFakeDaemon } from "../testing/fake-daemon";

let folder: string;
let daemon: FakeDaemon;
let socketPath: string;

/** Runs what ssh was told to run, here, and keeps the arguments and its process id. */
const SSH = `
const { spawn } = require("node:child_process");
const { writeFileSync } = require("node:fs");
const argv = process.argv.slice(2);
writeFileSync(__dirname + "/ssh.json", JSON.stringify({ argv, pid: process.pid }));
const child = spawn("/bin/sh", ["-c", argv.at(-1)], { stdio: "inherit" });
child.on("exit", (status) => process.exit(status ?? 1));
process.on("SIGTERM", () => child.kill());
`;

/** netcat and libvirt's helper in one: standard input and output to a unix socket. */
function relay(name: string, socket: string): string {
  return `
require("node:fs").writeFileSync(__dirname + "/${name}.json", JSON.stringify(process.argv.slice(2)));
const socket = require("node:net").connect(${socket});
process.stdin.pipe(socket).pipe(process.stdout);
socket.on("close", () => process.exit(0));
`;
}

async function install(name: string, script: string): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, `#!${process.execPath}\n${script}`, { mode: 0o755 });
}

async function recorded(name: string) {
  return JSON.parse(await readFile(join(folder, `${name}.json`), "utf8"));
}

beforeEach(async () => {
  daemon = await startFakeDaemon();
  socketPath = new URL(daemon.uri).searchParams.get("socket") ?? "";
  folder = await mkdtemp(join(tmpdir(), "fake-ssh-"));
  // Its scripts are what they are, whatever lies in a folder above.
  await writeFile(join(folder, "package.json"), '{"type":"commonjs"}');
  vi.stubEnv("PATH", `${folder}:/usr/bin:/bin`);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await daemon.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("a host by ssh", () => {
  it("is reached through libvirt's helper, and ssh ends with the connection", async () => {
    await install("ssh", SSH);
    await install("virt-ssh-helper", relay("helper", JSON.stringify(socketPath)));
    const connection = await connect("test+ssh://admin@host-1:2222/default?keyfile=/keys/id");
    expect(await connection.call("connectGetHostname", {})).toEqual({ hostname: "fake" });
    const { argv, pid } = await recorded("ssh");
    expect(argv.slice(0, -1).join(" ")).toBe(
      "-T -e none -o BatchMode=yes -o ConnectTimeout=10 -p 2222 -l admin -i /keys/id -- host-1",
    );
    expect(await recorded("helper")).toEqual(["test:///default"]);
    await connection.close();
    await until(() => !existsSync(`/proc/${pid}`));
  });

  it("is reached through netcat where a socket is named", async () => {
    await install("ssh", SSH);
    await install("nc", relay("nc", "process.argv[3]"));
    const connection = await connect(`test+ssh://host-1/default?socket=${socketPath}`);
    expect(await connection.call("connectGetHostname", {})).toEqual({ hostname: "fake" });
    expect(await recorded("nc")).toEqual(["-U", socketPath]);
    await connection.close();
  });

  it("that refuses says why, in ssh's own words", async () => {
    await install(
      "ssh",
      'process.stderr.write("Permission denied (publickey).\\n"); process.exit(255);',
    );
    const error = await failed(connect("test+ssh://host-1/default"));
    expect(error).toMatchObject({ kind: "unreachable", sent: false });
    expect(error.message).toContain("ssh to host-1: Permission denied (publickey).");
  });

  it("needs ssh", async () => {
    vi.stubEnv("PATH", folder);
    const error = await failed(connect("test+ssh://host-1/default"));
    expect(error).toMatchObject({ kind: "unreachable" });
    expect(error.message).toContain("ssh to host-1 could not be started");
  });
});
