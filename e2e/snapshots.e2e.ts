import { expect, type Page, test } from "@playwright/test";
import { ensureGuestIso } from "./guest/guest-iso";
import { axeFindings } from "./helpers/axe";
import { createVm, setUp, uploadIso } from "./helpers/flows";
import { guestIsUp, inGuest } from "./helpers/oracle";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let world: World;
let page: Page;
let domain: string;

const virsh = async (...args: string[]) => (await world.host.virsh(args)).trim();
const row = (name: string) => page.getByRole("row", { name: new RegExp(`^${name}`) });
const write = (text: string) =>
  inGuest(world.host, domain, ["/bin/sh", "-c", `printf %s ${text} >/tmp/marker`]);
const marker = () => inGuest(world.host, domain, ["/bin/cat", "/tmp/marker"]);

async function ask(snapshot: string, verb: string): Promise<void> {
  await page.getByRole("button", { name: `Actions on ${snapshot}` }).click();
  await page.getByRole("menuitem", { name: verb }).click();
}

test.beforeAll(async ({ browser }) => {
  world = await startWorld("snaps");
  const context = await browser.newContext({ baseURL: world.portal.origin });
  page = await context.newPage();
  await setUp(page, world.portal);
  await uploadIso(page, await ensureGuestIso());
  const vmId = await createVm(page, { name: "web", memoryMib: 256 });
  domain = `p-${vmId}`;
  await guestIsUp(world.host, domain);
  await page.goto(`/p/default/vms/${vmId}/snapshots`);
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

test("a guest's memory is kept, lost, and comes back as it was", async () => {
  await expect(page.getByRole("heading", { name: "No snapshots yet" })).toBeVisible();
  await write("one");
  await page.getByRole("button", { name: "Take a snapshot" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("first");
  await dialog.getByLabel("Description").fill("before the upgrade");
  const command = `virsh snapshot-create-as ${domain} first --description 'before the upgrade'`;
  await expect(dialog.getByText(command)).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Take the snapshot" }).click();
  await expect(row("first")).toContainText("you are here");
  await expect(row("first")).toContainText("before the upgrade");
  expect(await virsh("snapshot-list", domain, "--name")).toBe("first");

  await write("two");
  await ask("first", "Revert to this");
  await expect(dialog).toContainText("stays in a snapshot");
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Revert", exact: true }).click();
  await expect(dialog).toContainText("This is not the snapshot's name");
  await dialog.getByLabel("Type the snapshot's name").fill("first");
  await dialog.getByRole("button", { name: "Revert", exact: true }).click();
  await expect(row("before-revert-1")).toBeVisible();
  await expect(row("first")).toContainText("you are here");
  await expect(page.getByRole("list", { name: "Under way" })).toBeHidden();
  expect(await marker()).toBe("one");
  expect(await virsh("domstate", domain)).toBe("running");
});

test("what virsh takes and deletes shows in the open page", async () => {
  await virsh("snapshot-create-as", domain, "by-hand");
  await expect(row("by-hand")).toContainText("you are here");
  await virsh("snapshot-delete", domain, "by-hand");
  await expect(row("by-hand")).toBeHidden();
});

test("one is described, and the tree is deleted from its root", async () => {
  await ask("first", "Describe");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Description").fill("the root");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(row("first")).toContainText("the root");
  expect(await axeFindings(page)).toEqual([]);

  await ask("first", "Delete");
  await dialog.getByRole("radio", { name: /With the one that came after/ }).check();
  await expect(dialog).toContainText(`virsh snapshot-delete ${domain} before-revert-1`);
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { name: "No snapshots yet" })).toBeVisible();
  expect(await virsh("snapshot-list", domain, "--name")).toBe("");
  expect(await virsh("domstate", domain)).toBe("running");
});
