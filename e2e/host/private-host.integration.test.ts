import { execFile } from "node:child_process";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PrivateHost, startPrivateHost } from "./private-host";

const run = promisify(execFile);

let host: PrivateHost;

beforeAll(async () => {
  host = await startPrivateHost({ name: "own" });
});
afterAll(async () => host.stop());

async function startTinyGuest(): Promise<void> {
  const file = join(host.dir, "tiny.xml");
  const vnc = `<graphics type='vnc' socket='${host.consoleDir}/tiny.sock'/>`;
  await writeFile(
    file,
    `<domain type='qemu'><name>tiny</name><memory unit='MiB'>64</memory>
     <os><type machine='q35'>hvm</type></os><devices>${vnc}</devices></domain>`,
  );
  await host.virsh(["define", file]);
  await host.virsh(["start", "tiny"]);
}

/** Processes of the machine whose command line names the host's directory. */
async function processes(): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return lines.filter((line) => line.includes(host.dir));
}

describe("the private host", () => {
  it("is not the machine's, and shows no /dev/kvm", async () => {
    expect((await host.virsh(["hostname"])).trim()).toBe("own");
    expect((await host.virsh(["list", "--all", "--name"])).trim()).toBe("");
    const nodes = (await host.inside(["ls", "/dev"])).split("\n");
    expect(nodes).toContain("null");
    expect(nodes).not.toContain("kvm");
  });

  it("has a network of its own", async () => {
    // The machine may have a virbr0 of its own: what counts is that nothing is added.
    const names = async () =>
      (await run("ip", ["-br", "link"])).stdout.split("\n").map((line) => line.split(" ")[0]);
    const before = await names();
    await host.virsh(["net-start", "default"]);
    expect(await host.inside(["ip", "-4", "-br", "address"])).toContain("192.168.122.1/24");
    expect(await names()).toEqual(before);
  });

  it("keeps a guest and its VNC socket when libvirtd is killed, and finds it again", async () => {
    await startTinyGuest();
    await host.kill("SIGKILL");
    await expect(host.virsh(["list"])).rejects.toThrow();
    expect((await stat(`${host.consoleDir}/tiny.sock`)).isSocket()).toBe(true);
    await host.restart();
    expect((await host.virsh(["domstate", "tiny"])).trim()).toBe("running");
  });

  it("leaves nothing behind", async () => {
    expect(await processes()).not.toEqual([]);
    await host.stop();
    expect(await processes()).toEqual([]);
    await expect(stat(host.dir)).rejects.toThrow("ENOENT");
  });
});
