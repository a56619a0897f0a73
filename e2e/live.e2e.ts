import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { formatKib } from "@/components/ui/format";
import { ensureGuestIso } from "./guest/guest-iso";
import { axeFindings } from "./helpers/axe";
import { eventually } from "./helpers/eventually";
import { createVm, setUp, uploadIso } from "./helpers/flows";
import { guestIsUp, onlyDomain } from "./helpers/oracle";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let world: World;
/** One tab for each page, opened once; virsh does the rest. */
let networks: Page;
let hosts: Page;
let guests: Page;
let hardware: Page;
let settings: Page;
let domain: string;

const virsh = (...args: string[]) => world.host.virsh(args);

async function openTab(path: string, of: Page): Promise<Page> {
  const page = await of.context().newPage();
  await page.goto(path);
  await page.locator("h1").first().waitFor();
  // Gone after a reload.
  await page.evaluate(() => Object.assign(window, { openedOnce: true }));
  return page;
}

/** A file for a definition or a medium, which libvirt can read. */
async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(world.host.dir, name);
  await writeFile(path, content);
  return path;
}

const section = (page: Page, title: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: title }) });
const says = (place: Locator, words: string) =>
  expect(place.getByText(words).first()).toBeVisible();

test.beforeAll(async ({ browser }) => {
  world = await startWorld("live");
  const context = await browser.newContext({ baseURL: world.portal.origin });
  const first = await context.newPage();
  await setUp(first, world.portal);
  await uploadIso(first, await ensureGuestIso());
  networks = await openTab("/p/default/networks", first);
  hosts = await openTab("/admin/hosts", first);
  guests = await openTab("/admin/vms", first);
  const vmId = await createVm(first, { name: "Watched" });
  domain = await onlyDomain(world.host);
  hardware = await openTab(`/p/default/vms/${vmId}/hardware`, first);
  settings = await openTab(`/p/default/vms/${vmId}/settings`, first);
  await first.close();
});

test.afterAll(async () => {
  for (const page of [networks, hosts, guests, hardware, settings]) {
    if (page) expect(await page.evaluate(() => "openedOnce" in window), page.url()).toBe(true);
  }
  await networks?.context().close();
  await world?.stop();
});

test("a VM that starts and its DHCP lease show in the open pages", async () => {
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
});

test("who administers sees the guest as the process that it is", async () => {
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
});

test("what the guest tells of its memory is what virsh says", async () => {
  const card = section(hardware, "Memory, as the guest tells it");
  const available = card.getByRole("row", { name: /^Available/ });
  await expect(async () => {
    await card.getByRole("button", { name: "Look again" }).click();
    await expect(available).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const told = await virsh("dommemstat", domain);
  await says(available, formatKib(Number(told.match(/available (\d+)/)?.[1]), "en"));
  await says(card, "The guest is asked every 5 s.");
});

test("maximum, topology and model of the processors: by click and by virsh", async () => {
  const card = section(hardware, "Processors of the next start");
  const save = card.getByRole("button", { name: "Set the processors" });
  await card.getByLabel("Maximum of vCPUs").fill("8");
  await says(card, "Sockets × cores × threads is");
  await expect(save).toHaveAttribute("aria-disabled", "true");
  await card.getByLabel("Sockets").fill("2");
  await card.getByLabel("Cores of each").fill("2");
  await card.getByLabel("Threads of each").fill("2");
  await card.getByLabel("Processor", { exact: true }).selectOption("Nehalem");
  await says(card, '<cpu mode="custom"><model>Nehalem</model>');
  await save.click();
  await says(card, "The running guest has:");
  const xml = await virsh("dumpxml", "--inactive", domain);
  expect(xml).toMatch(/<vcpu [^>]*current='1'[^>]*>8<\/vcpu>/);
  expect(xml).toMatch(
    /<model [^>]*>Nehalem<\/model>\s*<topology sockets='2'.* cores='2' threads='2'/,
  );

  // Back by virsh, which shows in the open page.
  const before = await virsh("dumpxml", domain);
  const [cpu = ""] = before.match(/<cpu [\s\S]*<\/cpu>/) ?? [];
  const [vcpu = ""] = before.match(/<vcpu [^>]*>\d+<\/vcpu>/) ?? [];
  const back = xml.replace(/<cpu [\s\S]*<\/cpu>/, cpu).replace(/<vcpu [^>]*>\d+<\/vcpu>/, vcpu);
  await virsh("define", await file("back.xml", back));
  await expect(card.getByText("The running guest has:")).toHaveCount(0);
  await expect(card.getByLabel("Sockets")).toHaveValue("1");
});

test("network cards: one more, another model and out again, by click and by virsh", async () => {
  const table = hardware.getByRole("table", { name: "Network cards" });
  const dialog = hardware.getByRole("dialog");
  const lists = async () => [
    await virsh("domiflist", domain),
    await virsh("domiflist", domain, "--inactive"),
  ];
  const choose = async (row: Locator, item: string) => {
    await row.getByRole("button", { name: /^More for the card/ }).click();
    await row.getByRole("menuitem", { name: item }).click();
  };
  await hardware.getByRole("button", { name: "Add a network card…" }).click();
  await dialog.getByLabel("Model").selectOption("e1000e");
  await says(dialog, `attach-interface ${domain} network default --model e1000e --live --config`);
  await dialog.getByRole("button", { name: "Add the card" }).click();
  const row = table.getByRole("row", { name: /e1000e/ });
  await expect(row).toBeVisible();
  for (const list of await lists()) expect(list).toContain("e1000e");

  const lab = "<network><name>lab</name><ip address='192.168.78.1' prefix='24'/></network>";
  await virsh("net-create", await file("lab.xml", lab));
  await expect(async () => {
    await choose(row, "Other network…");
    await dialog.getByLabel("Network").selectOption("lab", { timeout: 1_000 });
  }).toPass();
  await dialog.getByRole("button", { name: "Change the network" }).click();
  await says(row, "lab");
  for (const list of await lists()) expect(list).toMatch(/lab +e1000e/);

  await choose(row, "Other model…");
  await dialog.getByLabel("Model").selectOption("rtl8139");
  await dialog.getByRole("button", { name: "Change the model" }).click();
  await says(row, "at the next start: rtl8139");
  const [now, next] = await lists();
  expect([now?.includes("e1000e"), next?.includes("rtl8139")]).toEqual([true, true]);

  // The guest has a system that lets it go.
  await choose(row, "Take out…");
  await dialog.getByRole("button", { name: "Take the card out" }).click();
  await expect(row).toHaveCount(0);
  for (const list of await lists()) expect(list).not.toMatch(/e1000e|rtl8139/);
  await virsh("net-destroy", "lab");

  const card = ["network", "default", "--model", "rtl8139", "--mac", "52:54:00:00:00:77"];
  await virsh("attach-interface", domain, ...card, "--config");
  const theirs = table.getByRole("row", { name: /52:54:00:00:00:77/ });
  await says(theirs, "at the next start");
  await virsh("detach-interface", domain, "network", "--mac", "52:54:00:00:00:77", "--config");
  await expect(theirs).toHaveCount(0);
});

test("networks: defined, started, stopped, undefined", async () => {
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
});

test("pools: defined, started, stopped, undefined", async () => {
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
});

test("guests that Portico did not make: defined, started, paused, edited, undefined", async () => {
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
});

test("media of a VM that runs and of one that is off, now and for the next start", async () => {
  const card = section(hardware, "CD/DVD drive");
  const drive = card.getByRole("status");
  const eject = card.getByRole("button", { name: "Eject" });
  const [iso] = (await virsh("vol-list", "portico-images")).match(/\/\S+\.iso/) ?? [];
  const foreign = await file("foreign.iso", Buffer.alloc(2 ** 20));
  await says(drive, "guest-");

  await virsh("change-media", domain, "sda", "--eject", "--config");
  await says(drive, "At the next start: an empty drive");
  await virsh("change-media", domain, "sda", "--eject", "--force", "--live");
  await says(drive, "The drive is empty.");
  await expect(eject).toHaveAttribute("aria-disabled", "true");
  await virsh("change-media", domain, "sda", "--insert", foreign, "--live");
  await says(drive, "a medium that Portico does not know");
  await virsh("change-media", domain, "sda", "--insert", iso ?? "", "--config");
  await says(drive, "At the next start: guest-");
  await virsh("destroy", domain);
  await expect(drive.getByText("At the next start")).toHaveCount(0);
  await says(drive, "guest-");
  await virsh("change-media", domain, "sda", "--eject", "--config");
  await says(drive, "The drive is empty.");
});

test("one that is off starts from a CD, once", async () => {
  await hardware.getByRole("button", { name: "Power", exact: true }).click();
  await hardware.getByRole("menuitem", { name: "Start once from a CD…" }).click();
  const dialog = hardware.getByRole("dialog", { name: "Start Watched once from a CD" });
  await says(dialog, "are in force again for the next start");
  const start = dialog.getByRole("button", { name: "Start", exact: true });
  await expect(start).toHaveAttribute("aria-disabled", "true");
  await dialog.getByLabel("Image").selectOption({ index: 1 });
  await start.click();
  const drive = section(hardware, "CD/DVD drive").getByRole("status");
  await says(drive, "guest-");
  await says(drive, "At the next start: an empty drive");
  const orders = async (...which: string[]) =>
    [...(await virsh("dumpxml", domain, ...which)).matchAll(/dev='(\w+)' bus[\s\S]*?<\/disk>/g)]
      .map(([disk, target]) => `${target} ${/order='(\d)'/.exec(disk)?.[1]}`)
      .sort();
  expect(await orders()).toEqual(["sda 1", "vda 2"]);
  expect(await orders("--inactive")).toEqual(["sda 2", "vda 1"]);
  await virsh("destroy", domain);
  await says(drive, "The drive is empty.");
});

test("start with the host: by click and by virsh; a lock against deletion", async () => {
  const withHost = async () => (await virsh("list", "--all", "--autostart", "--name")).trim();
  const card = section(settings, "Start with the host");
  await says(card, "Off: after a restart");
  await card.getByRole("button", { name: "Start with the host" }).click();
  await says(card, "On: it starts when its host starts.");
  expect(await withHost()).toBe(domain);
  await says(card, `virsh autostart ${domain} --disable`);
  await virsh("autostart", domain, "--disable");
  await says(card, "Off: after a restart");

  const lock = section(settings, "Protection against deletion");
  await lock.getByRole("button", { name: "Lock against deletion" }).click();
  await says(lock, "Locked: nobody can delete this VM.");
  await lock.getByRole("button", { name: "Unlock" }).click();
  await says(lock, "Not locked: it can be deleted.");
});

test("a VM's name, description and tags show in the open pages", async () => {
  const card = section(settings, "Name and description");
  await card.getByLabel("Name", { exact: true }).fill("Watched closely");
  await card.getByLabel("Description").fill("Look twice.");
  await card.getByLabel("Tags").fill("Lab, test");
  await card.getByRole("button", { name: "Save" }).click();
  await expect(hardware.getByRole("heading", { level: 1 })).toHaveText("Watched closely");
  await says(guests.getByRole("row", { name: /Watched closely/ }), "Watched closely");
  expect((await virsh("desc", domain, "--title")).trim()).toBe("Watched closely");
  expect((await virsh("desc", domain)).trim()).toBe("Look twice.");
  await says(card, `virsh desc ${domain}`);

  const list = await openTab("/p/default/vms", settings);
  const row = list.getByRole("row", { name: /Watched closely/ });
  await says(row, "lab");
  await list.getByLabel("Tag", { exact: true }).selectOption("lab");
  await expect(row).toBeVisible();
  await expect(list).toHaveURL(/\?tag=lab$/);
  await list.getByLabel("Filter by name, address or tag").fill("nothing of this name");
  await says(list.locator("main"), "No VM matches this filter.");
  // Each open page holds one of the six connections that a browser makes to one origin.
  await list.close();
});

test("a network cable: by click and by virsh", async () => {
  const table = hardware.getByRole("table", { name: "Network cards" });
  const [mac = ""] =
    (await virsh("domiflist", domain)).match(/(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/) ?? [];
  await table.getByRole("button", { name: "Plug out" }).click();
  await says(table, "plugged out");
  expect(await virsh("domif-getlink", domain, mac)).toContain(`${mac} down`);
  await virsh("domif-setlink", domain, mac, "up");
  await says(table, "plugged in");
});

test("what a crash of the guest leads to", async () => {
  const card = section(settings, "When the guest crashes or hangs");
  const panic = card.getByLabel("When its system panics");
  await panic.selectOption({ label: "Restart it" });
  await card.getByRole("button", { name: "Save" }).click();
  const xml = await eventually("the definition", async () => {
    const told = await virsh("dumpxml", "--inactive", domain);
    if (!told.includes("<panic model='isa'")) throw new Error(told);
    return told;
  });
  expect(xml).toContain("<on_crash>restart</on_crash>");
  const without = xml.replace(/<panic[^>]*(\/>|>[\s\S]*?<\/panic>)/, "");
  await virsh("define", await file("calm.xml", without));
  await expect(panic).toHaveValue("ignore");
});

test("saved memory: by click and by virsh, and thrown away", async () => {
  const header = settings.locator("main");
  await virsh("start", domain).catch(() => undefined);
  await says(header, "running");
  await settings.getByRole("button", { name: "Power", exact: true }).click();
  await settings.getByRole("menuitem", { name: /^Save and stop/ }).click();
  await settings.getByRole("button", { name: "Save and stop", exact: true }).click();
  await says(header, "Its memory is kept on the host");
  expect(await virsh("dominfo", domain)).toMatch(/Managed save: +yes/);
  await virsh("managedsave-remove", domain);
  await expect(header.getByText("Its memory is kept on the host")).toHaveCount(0);
  await virsh("start", domain);
  await says(header, "running");
  await virsh("managedsave", domain);
  await says(header, "Its memory is kept on the host");
  await settings.getByRole("button", { name: "Power", exact: true }).click();
  await settings.getByRole("menuitem", { name: /^Discard the saved state/ }).click();
  await settings.getByRole("button", { name: "Discard", exact: true }).click();
  await says(header, "off");
  expect(await virsh("dominfo", domain)).toMatch(/Managed save: +no/);
});

test("a libvirtd that goes away and comes back", async () => {
  await world.host.kill("SIGKILL");
  await says(hosts.locator("main"), "cannot be reached");
  await world.host.restart();
  await expect(hosts.locator("main").getByText("connected", { exact: true })).toBeVisible();
  await says(guests.getByRole("row", { name: /Watched/ }), "off");
});
