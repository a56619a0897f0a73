import { expect, type Page, test } from "@playwright/test";
import { ensureGuestIso } from "./guest/guest-iso";
import { axeFindings } from "./helpers/axe";
import { waitForConsole } from "./helpers/console-page";
import { eventually } from "./helpers/eventually";
import { createVm, setUp, uploadIso } from "./helpers/flows";
import { guestIsUp, inGuest } from "./helpers/oracle";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

const words = "Grüße an 王小明,\nzweite Zeile\twith a tab 🐧";
/** 64 KiB in UTF-8, in three ways of writing. */
const long = "Zeile mit Umlauten: äöüß, 中文字符\n".repeat(1500).slice(0, 48_000);

let world: World;
let page: Page;
let vmId: string;
let domain: string;

const dialog = () => page.getByRole("dialog");
const sh = (command: string) => inGuest(world.host, domain, ["/bin/sh", "-c", command]);
const guestHas = () => inGuest(world.host, domain, ["/bin/cat", "/tmp/clipboard"]);
const openDialog = () => page.getByRole("button", { name: "Clipboard", exact: true }).click();
const closeDialog = () => dialog().getByRole("button", { name: "Close" }).last().click();
const own = () => page.evaluate(() => navigator.clipboard.readText());

/** Puts a text on the guest's clipboard, as a program in it does. */
async function copyInGuest(text: string): Promise<void> {
  const coded = Buffer.from(text).toString("base64");
  await sh(": >/tmp/text.64");
  for (let at = 0; at < coded.length; at += 30_000) {
    await sh(`echo ${coded.slice(at, at + 30_000)} >>/tmp/text.64`);
  }
  await sh("base64 -d /tmp/text.64 | clipboard-agent copy");
}

test.beforeAll(async ({ browser }) => {
  world = await startWorld("clip");
  const context = await browser.newContext({ baseURL: world.portal.origin });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  page = await context.newPage();
  await setUp(page, world.portal);
  await uploadIso(page, await ensureGuestIso());
  vmId = await createVm(page, { name: "web", memoryMib: 256 });
  domain = `p-${vmId}`;
  await waitForConsole(page, "connected");
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

test("a VM shares no clipboard until it is told to, and says so", async () => {
  await openDialog();
  await expect(dialog().getByText("This VM does not share its clipboard")).toBeVisible();
  await expect(dialog().getByText("QEMU before version 10.1")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await dialog().getByRole("button", { name: "Turn on for the next start" }).click();
  await expect(dialog().getByText("It is on from the next start on")).toBeVisible();
  expect(await world.host.virsh(["dumpxml", domain])).not.toContain("qemu-vdagent");
  const next = await world.host.virsh(["dumpxml", "--inactive", domain]);
  expect(next).toMatch(/<channel type='qemu-vdagent'>\s*<source>\s*<clipboard copypaste='yes'\/>/);
  await closeDialog();

  await world.host.virsh(["destroy", domain]);
  await world.host.virsh(["start", domain]);
  await guestIsUp(world.host, domain);
  await waitForConsole(page, "connected");
  await openDialog();
  await expect(dialog().getByText("but nothing in the guest takes part")).toBeVisible();
  await sh("clipboard-agent </dev/null >/tmp/clipboard.log 2>&1 &");
  await expect(dialog().getByText("an agent in the guest takes part")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
});

test("texts go both ways by the dialog", async () => {
  await dialog().getByLabel("Text for the guest").fill(words);
  await dialog().getByRole("button", { name: "Send to the guest" }).click();
  await eventually("the guest's clipboard", async () => expect(await guestHas()).toBe(words));
  await copyInGuest(`${words} zurück`);
  await expect(dialog().getByTestId("from-guest")).toHaveText(`${words} zurück`);
  await closeDialog();
});

test("what is copied on either side is on the other, to 64 KiB", async () => {
  await copyInGuest("aus dem Gast: 你好");
  await eventually("the browser's clipboard", async () =>
    expect(await own()).toBe("aus dem Gast: 你好"),
  );
  await page.evaluate((text) => navigator.clipboard.writeText(text), "copied here: ñ");
  await page.getByRole("button", { name: "Ctrl-Alt-Del" }).focus();
  await page.getByTestId("console-screen").click();
  await eventually("the guest's", async () => expect(await guestHas()).toBe("copied here: ñ"));

  await copyInGuest(long);
  await eventually("all of it", async () => expect(await own()).toBe(long));
  await page.evaluate((text) => navigator.clipboard.writeText(text), `${long}!`);
  await page.getByRole("button", { name: "Ctrl-Alt-Del" }).focus();
  await page.getByTestId("console-screen").click();
  await eventually("all of it, back", async () => expect(await guestHas()).toBe(`${long}!`));
});

test("memory that QEMU cannot write is refused before anything is done, and disks are not", async () => {
  await page.getByRole("link", { name: "Snapshots" }).click();
  await page.getByRole("button", { name: "Take a snapshot" }).first().click();
  await expect(dialog().getByText("This VM shares its clipboard")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await dialog().getByLabel("Name").fill("disks");
  await dialog().getByRole("button", { name: "Take the snapshot" }).click();
  await expect(page.getByRole("row").filter({ hasText: "disks" })).toContainText("you are here");
  expect(await world.host.virsh(["snapshot-dumpxml", domain, "disks"])).toContain(
    "<memory snapshot='no'/>",
  );

  await page.getByRole("button", { name: "Power" }).first().click();
  await page.getByRole("menuitem", { name: "Save and stop" }).click();
  await dialog().getByRole("button", { name: "Save and stop" }).click();
  await expect(page.getByText("cannot save the memory of one that does")).toBeVisible();
  expect(await world.host.virsh(["domstate", domain])).toContain("running");
});

test("it is turned off again on the page Hardware", async () => {
  await page.getByRole("link", { name: "Hardware" }).click();
  const card = page
    .locator("section")
    .filter({
      has: page.getByRole("heading", { name: "Clipboard with the guest" }),
    })
    .last();
  await card.getByRole("button", { name: "Turn off" }).click();
  await expect(card.getByText("It still runs with it")).toBeVisible();
  const next = await world.host.virsh(["dumpxml", "--inactive", domain]);
  expect(next).not.toContain("qemu-vdagent");
});
