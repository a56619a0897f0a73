import { expect } from "@playwright/test";
import { axeFindings } from "../helpers/axe";
import { type Live, says, section } from "./live";

export async function networksChange({ networks, hosts, virsh, file }: Live): Promise<void> {
  const xml = "<network><name>lab</name><ip address='192.168.77.1' prefix='24'/></network>";
  const card = section(networks, "lab");
  await virsh("net-define", await file("net.xml", xml));
  await says(card, "not active");
  await says(hosts.locator("main"), "default, lab");
  await virsh("net-start", "lab");
  await expect(card.getByText("active", { exact: true })).toBeVisible();
  await virsh("net-destroy", "lab");
  await says(card, "not active");
  await virsh("net-undefine", "lab");
  await expect(card).toHaveCount(0);
}

/** Next leaves a page that it cannot read for the browser's own page of errors. */
export async function pageWaitsForPortal({ networks, virsh, file }: Live): Promise<void> {
  const xml = "<network><name>late</name><ip address='192.168.79.1' prefix='24'/></network>";
  const card = section(networks, "late");
  // What is asked anew is lost; the event stream is open already.
  await networks.route("**/*", (route) => route.abort());
  const asked = networks.waitForEvent("requestfailed");
  await virsh("net-define", await file("late.xml", xml));
  await asked;
  await expect(section(networks, "default")).toBeVisible();
  await expect(card).toHaveCount(0);
  await networks.unroute("**/*");
  await says(card, "not active");
  await virsh("net-undefine", "late");
  await expect(card).toHaveCount(0);
}

export async function poolsChange({ world, hosts, virsh, file }: Live): Promise<void> {
  const xml = `<pool type='dir'><name>lab</name><target><path>${world.host.dir}</path></target></pool>`;
  const row = hosts.getByRole("row", { name: /^lab/ });
  await virsh("pool-define", await file("pool.xml", xml));
  await says(row, "not active");
  await virsh("pool-start", "lab");
  await expect(row.getByText("active", { exact: true })).toBeVisible();
  await virsh("pool-destroy", "lab");
  await says(row, "not active");
  await virsh("pool-undefine", "lab");
  await expect(row).toHaveCount(0);
}

export async function foreignGuestsChange({ hosts, guests, virsh, file }: Live): Promise<void> {
  const xml = `<domain type='qemu'><name>theirs</name><memory unit='MiB'>64</memory>
    <vcpu current='1'>2</vcpu><os><type machine='q35'>hvm</type></os></domain>`;
  const row = guests.getByRole("row", { name: /theirs/ });
  await virsh("define", await file("guest.xml", xml));
  await says(row, "off");
  await says(hosts.locator("main"), "1 of Portico, 1 unmanaged");
  await virsh("setvcpus", "theirs", "2", "--config");
  await says(row, "2 vCPU");
  await virsh("start", "theirs");
  await says(row, "running");
  await virsh("suspend", "theirs");
  await says(row, "paused");
  await virsh("destroy", "theirs");
  await says(row, "off");
  await row.getByRole("button", { name: "Adopt theirs…" }).click();
  const dialog = guests.getByRole("dialog");
  await says(dialog, "2 vCPUs, 64 MiB of memory");
  expect(await axeFindings(guests)).toEqual([]);
  await dialog.getByRole("button", { name: "Adopt", exact: true }).click();
  await guests.waitForURL(/\/vms\/\w{10}$/);
  expect(await virsh("dumpxml", "theirs")).toContain("<portico:vm");
  await guests.getByRole("link", { name: "Process", exact: true }).click();
  const tuning = section(guests, "Memory and I/O threads of the next start");
  await tuning.getByLabel("I/O threads").selectOption("2");
  await tuning.getByRole("button", { name: "Set for the next start" }).click();
  await says(guests.locator("body"), "Set for the next start.");
  expect(await virsh("dumpxml", "theirs")).toContain("<iothreads>2</iothreads>");
  expect(await axeFindings(guests)).toEqual([]);
  await guests.getByRole("link", { name: "Settings", exact: true }).last().click();
  const place = section(guests, "Start order");
  await place.getByLabel("Seconds until the next one").fill("30");
  await place.getByRole("button", { name: "Set its place" }).click();
  await says(place, "The portal starts it 1st of 1");
  expect(await axeFindings(guests)).toEqual([]);
  await guests.getByRole("button", { name: "Release…" }).click();
  await guests.getByRole("dialog").getByRole("button", { name: "Release" }).click();
  await guests.waitForURL(/\/vms$/);
  expect(await virsh("dumpxml", "theirs")).not.toContain("<portico:vm");
  await guests.getByRole("button", { name: "Pictures" }).click();
  await expect(guests.getByRole("img", { name: /Watched/ })).toBeVisible();
  expect(await axeFindings(guests)).toEqual([]);
  await guests.goto("/admin/hosts");
  await guests.getByRole("link", { name: "Performance" }).click();
  await says(section(guests, "Huge pages"), "Pages of 2 MiB in the pool of cell 0");
  await says(section(guests, "I/O scheduler"), "Scheduler");
  expect(await axeFindings(guests)).toEqual([]);
  await guests.goto("/admin/vms");
  await says(guests.locator("main"), "Unmanaged");
  await guests.evaluate(() => Object.assign(window, { openedOnce: true }));
  await says(row, "off");
  await virsh("undefine", "theirs");
  await expect(row).toHaveCount(0);
  await says(hosts.locator("main"), "1 of Portico, 0 unmanaged");
}

export async function libvirtdComesBack({ world, hosts, guests }: Live): Promise<void> {
  await world.host.kill("SIGKILL");
  await says(hosts.locator("main"), "cannot be reached");
  await world.host.restart();
  await expect(hosts.locator("main").getByText("connected", { exact: true })).toBeVisible();
  await says(guests.getByRole("row", { name: /Watched/ }), "off");
}
