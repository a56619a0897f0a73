import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { makeOvf, makeStreamVmdk, makeTar } from "@/lib/hypervisor/appliance/testing/make-ova";
import { eventually } from "./helpers/eventually";
import { createVm, setUp } from "./helpers/flows";
import { volumes } from "./helpers/oracle";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let world: World;
let page: Page;

test.beforeAll(async ({ browser }) => {
  world = await startWorld("disks");
  const context = await browser.newContext({ baseURL: world.portal.origin });
  page = await context.newPage();
  await setUp(page, world.portal);
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

test("a disk that is kept is found on its page, counts, and is deleted there", async () => {
  await page.goto("/p/default/disks");
  await expect(page.getByRole("heading", { name: "No disks yet" })).toBeVisible();
  const vmId = await createVm(page, { name: "web", iso: false, memoryMib: 64 });
  await page.goto("/p/default/disks");
  await expect(page.getByRole("link", { name: "web", exact: true })).toBeVisible();
  const remove = page.getByRole("button", { name: "Delete web/vda" });
  await expect(remove).toHaveAttribute("aria-disabled", "true");

  await page.goto(`/p/default/vms/${vmId}`);
  await page.getByRole("button", { name: "Delete VM…" }).click();
  await page.getByRole("checkbox", { name: "Keep the disks" }).check();
  await page.getByLabel("Type the VM's name to confirm").fill("web");
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.goto("/p/default/disks");
  await expect(page.getByText("kept from VM web").filter({ visible: true })).toBeVisible();
  expect(await volumes(world.host, "portico-disks")).toContain(`p-${vmId}-0.qcow2`);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((each) => each.id)).toEqual([]);
  await page.goto("/p/default/project/quota");
  await expect(page.getByText(/^1 GiB of /).first()).toBeVisible();

  await page.goto("/p/default/disks");
  await remove.click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  // The page follows by itself.
  await expect(page.getByRole("heading", { name: "No disks yet" })).toBeVisible();
  await eventually("the volume's end", async () =>
    expect(await volumes(world.host, "portico-disks")).not.toContain(`p-${vmId}-0.qcow2`),
  );
});

test("a running VM gets one more disk on its page", async () => {
  const vmId = await createVm(page, { name: "more", iso: false, memoryMib: 64 });
  await page.goto(`/p/default/vms/${vmId}/hardware`);
  await page.getByRole("button", { name: "Add a disk…" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a disk" });
  await expect(dialog.getByText("It becomes vdb and appears")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Size" }).fill("0");
  await expect(dialog.getByText("From 1 to 16384 GiB.").first()).toBeVisible();
  await dialog.getByRole("textbox", { name: "Size" }).fill("2");
  await expect(dialog.getByText(/virsh attach-disk .* --live --config/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((each) => each.id)).toEqual([]);
  await dialog.getByRole("button", { name: "Add the disk" }).click();
  // The page follows by itself.
  await expect(page.getByRole("cell", { name: "vdb", exact: true })).toBeVisible();
  for (const which of [[], ["--inactive"]]) {
    const list = await world.host.virsh(["domblklist", `p-${vmId}`, ...which]);
    expect(list).toMatch(/^\s*vdb\s/m);
  }

  await page.getByRole("button", { name: "Actions for vdb" }).click();
  await page.getByRole("menuitem", { name: "Grow…" }).click();
  const grow = page.getByRole("dialog", { name: "Grow vdb" });
  await grow.getByRole("textbox", { name: "New size" }).fill("2");
  await expect(
    grow.getByText("A disk only grows: this one has 2 GiB already.").first(),
  ).toBeVisible();
  await grow.getByRole("textbox", { name: "New size" }).fill("3");
  await expect(grow.getByText("From 2 GiB to 3 GiB. The running guest")).toBeVisible();
  await expect(grow.getByText(`virsh blockresize p-${vmId} vdb 3G`)).toBeVisible();
  await grow.getByRole("button", { name: "Grow the disk" }).click();
  await expect(page.getByRole("cell", { name: "3 GiB", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Actions for vdb" }).click();
  await page.getByRole("menuitem", { name: "Settings…" }).click();
  const settings = page.getByRole("dialog", { name: "Settings of vdb" });
  await expect(settings.getByRole("button", { name: "Set", exact: true })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await settings.getByLabel("Bus").selectOption("sata");
  await expect(
    settings.getByText("A running guest cannot let go of a disk on sata."),
  ).toBeVisible();
  await settings.getByLabel("Bus").selectOption("scsi");
  await settings.getByLabel("Serial number").fill("DATA-1");
  await expect(settings.getByText("The running guest keeps what it has")).toBeVisible();
  await expect(
    settings.getByText('# <target dev="vdb" bus="scsi"/>, without <address>'),
  ).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations.map((each) => each.id)).toEqual([]);
  await settings.getByRole("button", { name: "Set", exact: true }).click();
  await expect(page.getByText("at the next start: scsi")).toBeVisible();
  const nextXml = await world.host.virsh(["dumpxml", `p-${vmId}`, "--inactive"]);
  expect(nextXml).toMatch(/<target dev='vdb' bus='scsi'\/>\s*<serial>DATA-1<\/serial>/);

  const info = await world.host.virsh(["domblkinfo", `p-${vmId}`, "vdb"]);
  expect(info).toMatch(new RegExp(`Capacity:\\s+${3 * 2 ** 30}\\s`));

  await world.host.virsh(["destroy", `p-${vmId}`]);
  await page.getByRole("button", { name: "Actions for vda" }).click();
  await page.getByRole("menuitem", { name: "Detach…" }).click();
  const system = page.getByRole("dialog", { name: "Detach vda" });
  await expect(system.getByText("This is the only disk that the VM starts from.")).toBeVisible();
  await system.getByRole("radio", { name: "Delete it" }).check();
  await system.getByLabel("Type the disk's name to confirm").fill("more");
  await system.getByRole("button", { name: "Detach and delete for good" }).click();
  await expect(system.getByText("This is not the disk's name.")).toBeVisible();
  await system.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "Actions for vdb" }).click();
  await page.getByRole("menuitem", { name: "Detach…" }).click();
  const detach = page.getByRole("dialog", { name: "Detach vdb" });
  await expect(detach.getByText(`virsh detach-disk p-${vmId} vdb --config`)).toBeVisible();
  await detach.getByRole("button", { name: "Detach the disk" }).click();
  await expect(page.getByRole("button", { name: "Actions for vdb" })).toBeHidden();
  expect(await world.host.virsh(["domblklist", `p-${vmId}`])).not.toMatch(/^\s*vdb\s/m);

  await page.getByRole("button", { name: "Attach a kept disk…" }).click();
  const attach = page.getByRole("dialog", { name: "Attach a kept disk" });
  await expect(attach.getByText("It becomes vdb and is there at the next start")).toBeVisible();
  await attach.getByRole("button", { name: "Attach the disk" }).click();
  await expect(page.getByRole("cell", { name: "3 GiB", exact: true })).toBeVisible();
  expect(await world.host.virsh(["domblklist", `p-${vmId}`])).toMatch(/^\s*vdb\s/m);
});

test("a disk's file is shown, and converted once its VM is off", async () => {
  const made = await createVm(page, { name: "filed", iso: false, memoryMib: 64 });
  await page.goto(`/p/default/vms/${made}/hardware/vda`);
  await expect(page.getByRole("heading", { name: "File of the disk vda" })).toBeVisible();
  await expect(page.getByText("64 KiB", { exact: true })).toBeVisible();
  await expect(page.getByText(/qemu-img info -U/)).toBeVisible();
  const convert = page.getByRole("button", { name: "Convert…" });
  await expect(convert).toHaveAttribute("aria-disabled", "true");
  const [, vmId = ""] = page.url().match(/vms\/(\w+)/) ?? [];
  await world.host.virsh(["destroy", `p-${vmId}`]);
  // The page follows by itself.
  await expect(convert).not.toHaveAttribute("aria-disabled", "true");
  const clean = async () => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((each) => each.id)).toEqual([]);
  };
  await page.getByRole("button", { name: "Check the file" }).click();
  await expect(page.getByText("The file is sound.")).toBeVisible();
  await clean();
  await convert.click();
  const dialog = page.getByRole("dialog", { name: "Convert the disk vda" });
  await dialog.getByRole("radio", { name: "Make a copy" }).check();
  await expect(dialog.getByText("Keep the former file")).toBeHidden();
  await dialog.getByRole("radio", { name: "Convert it to raw" }).check();
  await dialog.getByRole("checkbox", { name: "Keep the former file" }).check();
  await expect(dialog.getByText(/qemu-img convert -n -p -f qcow2 -O raw/)).toBeVisible();
  await clean();
  await dialog.getByRole("button", { name: "Convert the disk" }).click();
  await expect(page.getByText(/^The file took .* now it takes/)).toBeVisible();
  await expect(page.getByText("Of another one nothing is read")).toBeVisible();
  expect(await world.host.virsh(["domblklist", `p-${vmId}`])).toMatch(/^\s*vda\s.*\.raw$/m);
  await page.goto("/p/default/disks");
  await expect(page.getByText("kept from VM filed").filter({ visible: true })).toBeVisible();
});

test("a VM that is off is cloned from its menu", async () => {
  await page.goto("/p/default/vms");
  await page.getByRole("button", { name: "Power of filed" }).click();
  await page.getByRole("menuitem", { name: "Clone…" }).click();
  const dialog = page.getByRole("dialog", { name: "Clone filed" });
  await expect(dialog.getByText("vda is copied: 1 GiB")).toBeVisible();
  await expect(dialog.getByText(/^virt-clone --original p-/)).toBeVisible();
  const clone = dialog.getByRole("button", { name: "Clone", exact: true });
  await expect(clone).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("textbox", { name: "Name of the new VM" }).fill("more");
  await clone.click();
  await expect(dialog.getByText(/has a VM named “more” already/)).toBeVisible();
  await dialog.getByRole("textbox", { name: "Name of the new VM" }).fill("filed 2");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((each) => each.id)).toEqual([]);
  await clone.click();
  await expect(page.getByRole("heading", { name: "filed 2", level: 1 })).toBeVisible();
  // The page follows by itself.
  await expect(page.getByRole("button", { name: "Clone…" })).not.toHaveAttribute(
    "aria-disabled",
    "true",
  );
  const [, vmId = ""] = page.url().match(/vms\/(\w+)$/) ?? [];
  expect(await world.host.virsh(["domblklist", `p-${vmId}`])).toContain(`p-${vmId}-0.raw`);
  expect(await world.host.virsh(["domstate", `p-${vmId}`])).toMatch(/^shut off/);
  expect(await volumes(world.host, "portico-disks")).toContain(`p-${vmId}-0.raw`);

  // The whole of it as a file begins to come; what is in it others have read.
  const came = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as OVA" }).click();
  const file = await came;
  expect(file.suggestedFilename()).toBe("filed-2.ova");
  await file.cancel();
});

test("a VM becomes a template, a linked clone stands on it, and holds it as it is", async () => {
  const clean = async () => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((each) => each.id)).toEqual([]);
  };
  const template = page.url();
  const [, templateId = ""] = template.match(/vms\/(\w+)$/) ?? [];
  await page.goto(`${template}/settings`);
  await page.getByRole("button", { name: "Make it a template" }).click();
  await expect(page.getByText("It is a template.", { exact: true })).toBeVisible();
  await clean();
  const closed = /^It is a template, which is not changed\./;
  const autostart = page.getByRole("button", { name: "Start with the host" });
  await expect(autostart).toHaveAccessibleDescription(closed);
  await page.goto(`${template}/hardware`);
  const add = page.getByRole("button", { name: "Add a disk…" });
  await expect(add).toHaveAccessibleDescription(closed);

  await page.goto(template);
  await expect(page.getByText("No linked clone lies on its disks yet.")).toBeVisible();
  await page.getByRole("button", { name: "Clone…" }).click();
  const dialog = page.getByRole("dialog", { name: "Clone filed 2" });
  await expect(dialog.getByRole("radio", { name: "Linked" })).toBeChecked();
  await expect(dialog.getByText("vda lies on the template’s disk: 1 GiB")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Name of the new VM" }).fill("thin");
  await clean();
  await dialog.getByRole("button", { name: "Clone", exact: true }).click();
  await expect(page.getByRole("heading", { name: "thin", level: 1 })).toBeVisible();
  // The page follows by itself.
  await expect(page.getByRole("status").getByText("off", { exact: true })).toBeVisible();
  const again = page.getByRole("button", { name: "Clone…" });
  await expect(again).toHaveAccessibleDescription(/^Its disks lie on those of a template/);
  await expect(page.getByText("Its disks lie on those of the template filed 2")).toBeVisible();
  await clean();
  const [, vmId = ""] = page.url().match(/vms\/(\w+)$/) ?? [];
  const volume = ["vol-dumpxml", "--pool", "portico-disks", `p-${vmId}-0.qcow2`];
  const backing = /<backingStore>\s*<path>.*\/(.*)<\/path>/.exec(await world.host.virsh(volume));
  expect(backing?.[1]).toBe(`p-${templateId}-0.raw`);

  await page.goto(template);
  await expect(page.getByRole("link", { name: "thin", exact: true })).toBeVisible();
  const remove = page.getByRole("button", { name: "Delete VM…" });
  await expect(remove).toHaveAccessibleDescription(/A linked clone lies on its disks: thin\./);
  await clean();
  await page.goto(`${template}/settings`);
  const back = page.getByRole("button", { name: "Turn it back into a VM" });
  await expect(back).toHaveAccessibleDescription(/A linked clone lies on its disks: thin\./);

  await page.goto("/p/default/vms");
  await page.getByRole("combobox", { name: "Kind" }).selectOption("Templates only");
  await expect(page.getByRole("link", { name: "filed 2", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "thin", exact: true })).toBeHidden();

  await page.goto(`/p/default/vms/${vmId}`);
  await page.getByRole("button", { name: "Delete VM…" }).click();
  await page.getByLabel("Type the VM's name to confirm").fill("thin");
  await page.getByRole("button", { name: "Delete for good" }).click();
  await eventually("the clone's end", async () =>
    expect(await volumes(world.host, "portico-disks")).not.toContain(`p-${vmId}-0.qcow2`),
  );
  await eventually("the way back", async () => {
    await page.goto(`${template}/settings`);
    await expect(back).not.toHaveAttribute("aria-disabled", "true", { timeout: 1_000 });
  });
  await back.click();
  await expect(page.getByText("It is a VM of its own.")).toBeVisible();
  expect(await volumes(world.host, "portico-disks")).toContain(`p-${templateId}-0.raw`);
});

test("an appliance of another product is imported; one that leads to host files is refused", async () => {
  const folder = test.info().outputPath("files");
  await mkdir(folder, { recursive: true });
  const disk = { name: "box-disk1.vmdk", bytes: (await makeStreamVmdk({ folder })).bytes };
  const ovf = { name: "box.ovf", bytes: makeOvf({ files: [{ href: disk.name }], name: "box" }) };
  await writeFile(join(folder, "box.ova"), makeTar([ovf, disk]));
  await page.goto("/p/default/vms");
  await page.getByRole("link", { name: "Import a VM" }).click();
  await page.locator('input[type="file"]').setInputFiles(join(folder, "box.ova"));
  await expect(page.getByText("Debian_64")).toBeVisible();
  await expect(page.getByLabel("Memory")).toHaveValue("512");
  await expect(page.getByRole("radio", { name: /^SATA and Intel/ })).toBeChecked();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((each) => each.id)).toEqual([]);
  await page.getByLabel("Name").fill("shop");
  await page.getByRole("checkbox", { name: "Start it when it is there" }).uncheck();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("heading", { name: "shop", level: 1 })).toBeVisible();
  const [, vmId = ""] = page.url().match(/vms\/(\w+)$/) ?? [];
  await eventually("the VM", async () =>
    expect(await world.host.virsh(["domblklist", `p-${vmId}`])).toContain(`p-${vmId}-0.qcow2`),
  );
  const xml = await world.host.virsh(["dumpxml", `p-${vmId}`]);
  expect(xml).toContain("<target dev='vda' bus='sata'/>");
  // The file went with the import.
  await page.goto("/p/default/vms/import");
  await expect(page.getByText("nothing in this project is ready to be imported")).toBeVisible();

  const overlay = join(folder, "overlay.qcow2");
  const words = ["-u", "-b", "/etc/passwd", "-F", "raw", overlay, "1M"];
  execFileSync("qemu-img", ["create", "-q", "-f", "qcow2", ...words]);
  await page.locator('input[type="file"]').setInputFiles(overlay);
  await expect(page.getByText(/lies on top of another file/)).toBeVisible();
});

test("a VM is backed up while it runs, and comes back as another one", async () => {
  const vmId = await createVm(page, { name: "safe", iso: false, memoryMib: 64 });
  const clean = async () => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((each) => each.id)).toEqual([]);
  };
  await page.goto(`/p/default/vms/${vmId}/backups`);
  await expect(page.getByRole("heading", { name: "No backups yet" })).toBeVisible();
  await page.getByRole("button", { name: "Back up now…" }).click();
  const dialog = page.getByRole("dialog", { name: "Back up safe" });
  await dialog.getByLabel("Note").fill("before the move");
  await expect(dialog.getByText(`virsh backup-begin p-${vmId}`)).toBeVisible();
  await dialog.getByLabel("Only what has changed since the last one").check();
  await clean();
  await dialog.getByRole("button", { name: "Back up", exact: true }).click();
  // The page follows by itself.
  await expect(page.getByText("before the move")).toBeVisible();
  await expect(page.getByText("Running, file systems not held")).toBeVisible();
  await expect(page.getByText("no earlier one that it could build on")).toBeVisible();
  const menu = page.getByRole("button", { name: "What to do with this backup of safe" });
  const ask = async (verb: string) => {
    await menu.click();
    await page.getByRole("menuitem", { name: verb }).click();
  };
  await expect(page.getByText("not verified since").filter({ visible: true })).toBeVisible();
  await ask("Verify");
  await expect(page.getByText("intact", { exact: true }).filter({ visible: true })).toBeVisible();
  await clean();
  await ask("Restore as a new VM…");
  const restore = page.getByRole("dialog", { name: "Restore safe as a new VM" });
  await expect(restore.getByLabel("Name of the new VM")).toHaveValue("safe restored");
  await restore.getByRole("button", { name: "Restore", exact: true }).click();
  // It leads to the VM that comes.
  await expect(page.getByRole("heading", { name: "safe restored", level: 1 })).toBeVisible();
  await eventually("the new VM", async () =>
    expect(await world.host.virsh(["list", "--all", "--title"])).toContain("safe restored"),
  );

  await page.goto(`/p/default/vms/${vmId}/backups`);
  // Back to then: what its disk lies in is another file afterwards.
  await world.host.virsh(["destroy", `p-${vmId}`]);
  const before = await world.host.virsh(["domblklist", `p-${vmId}`]);
  await ask("Restore this VM…");
  const inPlace = page.getByRole("dialog", { name: "Restore safe from this backup" });
  await clean();
  const back = inPlace.getByRole("button", { name: "Restore over the VM" });
  await expect(back).toBeDisabled();
  await inPlace.getByLabel("Type safe").fill("safe");
  await back.click();
  await eventually("the new disk", async () =>
    expect(await world.host.virsh(["domblklist", `p-${vmId}`])).not.toBe(before),
  );
  // Until the former disk is gone the backup is held.
  await page.goto("/p/default/activity");
  const task = page.getByRole("listitem").filter({ hasText: "Restore a VM from a backup" }).first();
  await expect(task.getByRole("status")).toHaveText("done");

  await page.goto("/p/default/backups");
  await expect(page.getByRole("link", { name: "safe", exact: true })).toBeVisible();
  await clean();
  await ask("Delete…");
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByRole("heading", { name: "No backups yet" })).toBeVisible();
  expect(await volumes(world.host, "portico-backups")).toEqual([]);
});
