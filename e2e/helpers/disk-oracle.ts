import type { PrivateHost } from "../host/private-host";

/**
 * Writes a text over the first bytes of a running guest's system disk, as QEMU's own monitor does
 * it: no guest has to have booted for it.
 */
export async function writeToDisk(host: PrivateHost, domain: string, text: string): Promise<void> {
  const bytes = [...Buffer.from(text)].entries();
  const writes = [...bytes].map(([at, byte]) => `write -P ${byte} ${at} 1`);
  // What is only in QEMU's caches would be in no file.
  for (const command of [...writes, "flush"]) {
    const disk = "/machine/peripheral/virtio-disk0/virtio-backend";
    const words = `qemu-io -d ${disk} "${command}"`;
    await host.virsh(["qemu-monitor-command", domain, "--hmp", words]);
  }
}

/** The first 8 bytes of what the domain's system disk lies in now, with all files below it. */
export async function readFromDisk(host: PrivateHost, domain: string): Promise<string> {
  const list = await host.virsh(["domblklist", domain]);
  const [, file = ""] = /^ vda\s+(\S+)$/m.exec(list) ?? [];
  const printed = await host.inside(["qemu-io", "-U", "-r", "-c", "read -v 0 8", file]);
  const [, hex = ""] = /^0+:\s+((?:[0-9a-f]{2} ){8})/m.exec(printed) ?? [];
  return Buffer.from(hex.replaceAll(" ", ""), "hex").toString();
}
