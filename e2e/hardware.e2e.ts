import { expect, type Page, test } from "@playwright/test";
import { ensureGuestIso } from "./guest/guest-iso";
import { waitForConsole } from "./helpers/console-page";
import { eventually } from "./helpers/eventually";
import { createVm, setUp, uploadIso } from "./helpers/flows";
import { domainState } from "./helpers/oracle";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let world: World;
let page: Page;
let vmId: string;
let domain: string;

const virsh = (...args: string[]) => world.host.virsh(args);

test.beforeAll(async ({ browser }) => {
  world = await startWorld("hardware");
  const context = await browser.newContext({ baseURL: world.portal.origin });
  page = await context.newPage();
  await setUp(page, world.portal);
  await uploadIso(page, await ensureGuestIso());
  vmId = await createVm(page, { name: "parts", memoryMib: 64 });
  domain = `p-${vmId}`;
  await waitForConsole(page, "connected", 120_000);
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

test("an image is inserted into the drive of a guest that runs", async () => {
  await page.goto(`/p/default/vms/${vmId}/hardware`);
  await page.getByRole("button", { name: "Eject" }).click();
  await expect(page.getByText("The drive is empty.").first()).toBeVisible();
  expect(await virsh("domblklist", domain)).toMatch(/^\s*sda\s+-$/m);
  const images = page.getByLabel("ISO to insert");
  await images.selectOption({ index: 1 });
  await page.getByRole("button", { name: "Insert", exact: true }).click();
  await expect(page.getByText("The ISO is in the drive.")).toBeVisible();
  for (const which of [[], ["--inactive"]]) {
    expect(await virsh("domblklist", domain, ...which)).toMatch(/^\s*sda\s.*\.iso$/m);
  }
});

test("what it starts from is put into another order", async () => {
  await page.getByRole("button", { name: "Boot order…" }).click();
  const dialog = page.getByRole("dialog", { name: "Boot order" });
  await dialog.getByRole("button", { name: "Move sda up" }).click();
  await dialog.getByRole("button", { name: "Set the order" }).click();
  await expect(page.getByText("The boot order is set.")).toBeVisible();
  const next = await virsh("dumpxml", domain, "--inactive");
  const first = next.match(/<disk[\s\S]*?<\/disk>/g)?.find((disk) => /<boot order='1'/.test(disk));
  expect(first).toContain("<target dev='sda'");
});

test("a disk is held to a number of operations", async () => {
  await page.getByRole("button", { name: "Actions for vda" }).click();
  await page.getByRole("menuitem", { name: "Limits…" }).click();
  const dialog = page.getByRole("dialog", { name: "Limits of vda" });
  await dialog.getByRole("textbox").first().fill("500");
  await dialog.getByRole("button", { name: "Set the limits" }).click();
  await expect(dialog).toBeHidden();
  for (const which of ["--live", "--config"]) {
    expect(await virsh("blkdeviotune", domain, "vda", which)).toMatch(/total_iops_sec\s*: 500\n/);
  }
});

test("it is reset from its menu", async () => {
  const seen = virsh("event", domain, "--event", "reboot", "--timeout", "60");
  await page.getByRole("button", { name: "Power", exact: true }).click();
  await page.getByRole("menuitem", { name: "Reset", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Reset parts?" });
  await dialog.getByRole("button", { name: "Reset", exact: true }).click();
  expect(await seen).toContain("event 'reboot' for domain");
  expect(await domainState(world.host, domain)).toBe("running");
});

test("a disk of a VM that is off is compacted", async () => {
  await virsh("destroy", domain);
  await page.goto(`/p/default/vms/${vmId}/hardware/vda`);
  await page.getByRole("button", { name: "Compact…" }).click();
  const dialog = page.getByRole("dialog", { name: "Compact the disk vda" });
  const before = await virsh("domblklist", domain, "--inactive");
  await dialog.getByRole("button", { name: "Compact the disk" }).click();
  await expect(page.getByText(/^The file took .* now it takes/)).toBeVisible();
  const after = await virsh("domblklist", domain, "--inactive");
  expect(after).toMatch(/^\s*vda\s.*\.qcow2$/m);
  expect(after).not.toBe(before);
});

test("it is backed up by a schedule", async () => {
  await page.goto(`/p/default/vms/${vmId}/backups`);
  await page.getByRole("button", { name: "Set a schedule…" }).click();
  const dialog = page.getByRole("dialog", { name: "Automatic backups of parts" });
  await dialog.getByLabel("Keep the last").fill("3");
  await dialog.getByRole("button", { name: "Set the schedule" }).click();
  await expect(page.getByText("parts is backed up automatically from now on.")).toBeVisible();
  await expect(page.getByText("the last 3", { exact: true })).toBeVisible();
});

test("an administrator says where backups go, and libvirt is asked to write there", async () => {
  const folder = "/var/lib/libvirt/images/elsewhere";
  await world.host.inside(["mkdir", "-p", folder]);
  await virsh("pool-define-as", "elsewhere", "dir", "--target", folder);
  await virsh("pool-start", "elsewhere");
  await page.goto("/admin/hosts");
  const choice = page.getByLabel("Backups of this host's VMs go to");
  await eventually("the pool among the choices", async () => {
    await page.reload();
    expect(await choice.locator('option[value="elsewhere"]').count()).toBe(1);
  });
  await choice.selectOption("elsewhere");
  await expect(page.getByText("Backups go there from now on.")).toBeVisible();
  await page.reload();
  await expect(choice).toHaveValue("elsewhere");
});
