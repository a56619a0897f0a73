import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { formatKib } from "@/components/ui/format";
import { eventually } from "../helpers/eventually";
import { guestIsUp } from "../helpers/oracle";
import { type Live, says, section } from "./live";

export async function leaseShows({
  world,
  networks,
  hosts,
  guests,
  hardware,
  domain,
  virsh,
}: Live): Promise<void> {
  await says(guests.getByRole("row", { name: /Watched/ }), "running");
  await says(hosts.locator("main"), "1 of Portico, 0 unmanaged");
  await guestIsUp(world.host, domain);
  const address = await eventually("a lease", async () => {
    const leases = await virsh("net-dhcp-leases", "default");
    const found = leases.match(/(\d+\.\d+\.\d+\.\d+)\/\d+/)?.[1];
    if (found === undefined) throw new Error(`no lease: ${leases}`);
    return found;
  });
  await says(section(networks, "default").getByRole("table"), address);
  await says(hardware.getByRole("table", { name: "Network cards" }), address);
}

export async function processShows({ settings, domain, virsh }: Live): Promise<void> {
  // In a tab that is open: with one more no connection would be left for what is clicked.
  const page = settings;
  await page.getByRole("link", { name: "Process", exact: true }).click();
  const uuid = (await virsh("domuuid", domain)).trim();
  const { stdout } = await promisify(execFile)("pgrep", [
    "-f",
    "--",
    `^/usr/bin/qemu.* -uuid ${uuid}`,
  ]);
  const pid = stdout.trim();
  await says(section(page, "Process").locator("dl"), pid);
  await expect(page.getByRole("row", { name: /CPU 0\/TCG/ })).toBeVisible();
  await says(section(page, "Command line"), `-uuid ${uuid}`);
  await expect(
    section(page, "Open files")
      .getByText(/\.qcow2$/)
      .first(),
  ).toBeVisible();

  // Bound by click, and free again by virsh.
  const card = section(page, "Bound to CPUs of the host");
  await card.getByLabel("CPUs of vCPU 0").fill("0");
  await says(card, `virsh vcpupin ${domain} 0 0 --live --config`);
  await says(card.getByRole("list", { name: "CPUs of the host" }), "CPU 0: this VM");
  await card.getByRole("button", { name: "Bind" }).click();
  await says(page.locator("body"), "The threads are bound.");
  expect(await virsh("vcpupin", domain)).toMatch(/^ *0 +0$/m);
  expect(await virsh("vcpupin", domain, "--config")).toMatch(/^ *0 +0$/m);
  await expect(page.getByRole("row", { name: /CPU 0\/TCG .* 0$/ })).toBeVisible();
  await virsh("vcpupin", domain, "0", "0-1", "--live", "--config");
  await page.getByRole("button", { name: "Look again" }).click();
  await expect(card.getByLabel("CPUs of vCPU 0")).toHaveValue("");
  await page.getByRole("link", { name: "Settings", exact: true }).click();
}

export async function memoryShows({ hardware, domain, virsh }: Live): Promise<void> {
  const card = section(hardware, "Memory, as the guest tells it");
  const available = card.getByRole("row", { name: /^Available/ });
  await expect(async () => {
    await card.getByRole("button", { name: "Look again" }).click();
    await expect(available).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const told = await virsh("dommemstat", domain);
  await says(available, formatKib(Number(told.match(/available (\d+)/)?.[1]), "en"));
  await says(card, "The guest is asked every 5 s.");
}
