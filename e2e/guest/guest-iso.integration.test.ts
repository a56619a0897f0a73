import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PrivateHost, startPrivateHost } from "../host/private-host";
import { ensureGuestIso } from "./guest-iso";

let host: PrivateHost;
let serial: string;

const guestXml = (iso: string, disk: string, serialFile: string) => `
<domain type='qemu'><name>guest</name><memory unit='MiB'>256</memory>
  <vcpu current='1'>3</vcpu>
  <os><type machine='q35'>hvm</type></os>
  <features><acpi/></features>
  <devices>
    <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${disk}'/>
      <target dev='vda' bus='virtio'/><boot order='1'/></disk>
    <disk type='file' device='cdrom'><driver name='qemu' type='raw'/><source file='${iso}'/>
      <target dev='sda' bus='scsi'/><readonly/><boot order='2'/></disk>
    <controller type='scsi' model='virtio-scsi'/>
    <interface type='network'><source network='default'/><model type='virtio'/></interface>
    <serial type='file'><source path='${serialFile}'/></serial>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <video><model type='vga'/></video><graphics type='vnc' socket='${host.consoleDir}/guest.sock'/>
  </devices></domain>`;

beforeAll(async () => {
  const iso = await ensureGuestIso();
  host = await startPrivateHost({ name: "guest" });
  serial = join(host.dir, "log/serial.log");
  // Copied, so that QEMU's user need not reach into the checkout.
  const cd = "/var/lib/libvirt/images/guest.iso";
  const disk = "/var/lib/libvirt/images/guest.qcow2";
  await host.inside(["cp", iso, cd]);
  await host.inside(["qemu-img", "create", "-q", "-f", "qcow2", disk, "1G"]);
  await host.virsh(["net-start", "default"]);
  const xml = join(host.dir, "guest.xml");
  await writeFile(xml, guestXml(cd, disk, "/var/log/libvirt/serial.log"));
  await host.virsh(["define", xml]);
});
afterAll(async () => host.stop());

const keyNames: Record<string, string> = { "-": "KEY_MINUS", "\n": "KEY_ENTER" };

async function type(text: string): Promise<void> {
  for (const char of text) {
    const key = keyNames[char] ?? `KEY_${char.toUpperCase()}`;
    await host.virsh(["send-key", "guest", "--codeset", "linux", key]);
  }
}

async function serialSays(text: string, timeout = 60_000): Promise<void> {
  const read = () => readFile(serial, "utf8").catch(() => "");
  await expect.poll(read, { timeout, interval: 200 }).toContain(text);
}

async function inGuest(path: string, argument: string): Promise<string> {
  const ask = async (command: object) =>
    JSON.parse(await host.virsh(["qemu-agent-command", "guest", JSON.stringify(command)])).return;
  const { pid } = await ask({
    execute: "guest-exec",
    arguments: { path, arg: [argument], "capture-output": true },
  });
  let status = { exited: false, "out-data": "" };
  await expect
    .poll(async () => {
      status = await ask({ execute: "guest-exec-status", arguments: { pid } });
      return status.exited;
    })
    .toBe(true);
  return Buffer.from(status["out-data"], "base64").toString().trim();
}

describe("the test guest", () => {
  it("boots its installer, installs what was typed, and starts from the disk", async () => {
    await host.virsh(["start", "guest"]);
    await serialSays("GUEST-READY testguest cd");
    await type("root\n");
    await type("g-install\n");
    await type("yes\n");
    await type("fresh\n");
    await serialSays("INSTALL-DONE fresh");
    await serialSays("GUEST-READY fresh disk");
  }, 180_000);

  it("has an agent, an address, and takes a new CPU into use", async () => {
    await serialSays("LEASE eth0 192.168.122.");
    expect(await inGuest("/bin/cat", "/proc/sys/kernel/hostname")).toBe("fresh");
    await host.virsh(["setvcpus", "guest", "3", "--live"]);
    await expect.poll(() => inGuest("/bin/nproc", "--all")).toBe("3");
  });

  it("gives memory back through the balloon", async () => {
    await host.virsh(["setmem", "guest", "180M", "--live"]);
    const stats = () => host.virsh(["dommemstat", "guest"]);
    await expect.poll(stats).toContain("actual 184320");
  });

  it("shuts down by ACPI", async () => {
    await host.virsh(["shutdown", "guest", "--mode", "acpi"]);
    const state = async () => (await host.virsh(["domstate", "guest"])).trim();
    await expect.poll(state).toBe("shut off");
  });
});
