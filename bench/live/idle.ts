import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import type { World } from "@/e2e/helpers/world";
import type { PrivateHost } from "@/e2e/host/private-host";
import { cpuSeconds } from "../console/cpu";
import { type Figure, figureOf } from "../figure";

const GUESTS = 20;
const LIMIT_PERCENT = 2;

/**
 * Processor time, in percent of one core, that portal and libvirtd take together while an open page
 * is followed and nothing happens: twenty guests are defined and off.
 */
export async function idle(page: Page, { host, portal }: World, quick: boolean): Promise<Figure> {
  const names = (await host.virsh(["list", "--name"])).split("\n").filter(Boolean);
  for (const name of names) await host.virsh(["destroy", name]);
  for (let number = 0; number < GUESTS; number++) await defineGuest(host, `idle${number}`);
  await page.goto("/admin/vms");
  await page.getByRole("row", { name: new RegExp(`idle${GUESTS - 1}\\b`) }).waitFor();
  // What the page's own opening has caused is over by then.
  await sleep(5_000);
  const pids = [portal.pid(), await libvirtdPid(host)];
  const seconds = quick ? 10 : 30;
  const before = pids.map(cpuSeconds);
  await sleep(seconds * 1_000);
  const after = pids.map(cpuSeconds);
  const used = after.reduce((sum, each, index) => sum + each - (before[index] ?? 0), 0);
  const facts = { ours: (100 * used) / seconds, peer: LIMIT_PERCENT, peerName: "2 % of a core" };
  const figure = `idle, ${GUESTS} guests defined, a page open`;
  return figureOf({ figure, unit: "%", ...facts }, { atMost: 1 });
}

async function defineGuest(host: PrivateHost, name: string): Promise<void> {
  const file = join(host.dir, "idle.xml");
  await writeFile(
    file,
    `<domain type='qemu'><name>${name}</name><memory unit='MiB'>64</memory>
     <os><type machine='q35'>hvm</type></os><devices>
     <disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk>
     <interface type='network'><source network='default'/><model type='virtio'/></interface>
     <graphics type='vnc'/><video><model type='virtio'/></video></devices></domain>`,
  );
  await host.virsh(["define", file]);
}

/** The host has process numbers of its own; this one is the machine's. */
async function libvirtdPid(host: PrivateHost): Promise<number> {
  for (const pid of await readdir("/proc")) {
    const text = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (text.startsWith("libvirtd\0") && text.includes(`${host.dir}/`)) return Number(pid);
  }
  throw new Error("the host's libvirtd is not among the processes");
}
