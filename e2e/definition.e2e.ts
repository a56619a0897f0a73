import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { createVm, setUp } from "./helpers/flows";
import { onlyDomain } from "./helpers/oracle";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let world: World;
let page: Page;
let domain: string;

const dump = (...flags: string[]) => world.host.virsh(["dumpxml", ...flags, domain]);
const editor = () => page.getByRole("textbox", { name: "Definition to apply" });

test.beforeAll(async ({ browser }) => {
  world = await startWorld("defn");
  const context = await browser.newContext({ baseURL: world.portal.origin });
  page = await context.newPage();
  await setUp(page, world.portal);
  await createVm(page, { name: "Web", iso: false, memoryMib: 64 });
  domain = await onlyDomain(world.host);
  await page.getByRole("link", { name: "Definition" }).click();
  await page.getByRole("button", { name: "Compare" }).waitFor();
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

/** A downloaded definition, changed, as the file that is brought back. */
async function changed(change: (xml: string) => string): Promise<string> {
  const next = page.getByRole("button", { name: "Next boot" });
  await next.click();
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  const xml = await readFile(await (await waiting).path(), "utf8");
  const file = join(world.host.dir, "brought.xml");
  await writeFile(file, change(xml));
  return file;
}

test("a downloaded file, changed, shows its plan and waits for the next boot", async () => {
  const file = await changed((xml) =>
    xml
      .replace("<metadata>", "<description>from a file</description><metadata>")
      .replace(/<input type="tablet"[\s\S]*?<\/input>/, ""),
  );
  await page.getByLabel("Definition file").setInputFiles(file);
  await expect(editor()).toBeVisible();
  await page.getByRole("button", { name: "Show the plan" }).click();
  const plan = page.getByRole("status").filter({ hasText: "What changes" });
  await expect(plan.getByText("at once")).toBeVisible();
  await expect(plan.getByText("at the next boot")).toBeVisible();
  await expect(plan.getByText("Input device")).toBeVisible();
  expect(await dump("--inactive")).toContain("tablet");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("Waits for the next start")).toBeVisible();
  expect(await dump("--inactive")).not.toContain("tablet");
  expect(await dump()).toContain("tablet");
  expect(await world.host.virsh(["desc", domain])).toContain("from a file");
  await expect(page.getByText("change at next start")).toBeVisible();
});

test("it is taken back", async () => {
  await page.getByRole("button", { name: "Take back" }).click();
  await expect(page.getByText("Waits for the next start")).toHaveCount(0);
  await expect(page.getByText("change at next start")).toHaveCount(0);
  expect(await dump("--inactive")).toContain("tablet");
});

test("a form shows what it makes of the definition, and makes that", async () => {
  await page.getByRole("link", { name: "Hardware" }).click();
  await page.getByRole("button", { name: "Boot order" }).click();
  const dialog = page.getByRole("dialog", { name: "Boot order" });
  await dialog.getByText("What changes in the definition (XML)").click();
  const difference = dialog.getByRole("textbox", { name: "What changes in the definition" });
  const gone = difference.locator(".cm-deletedChunk");
  await expect(gone).toHaveCount(0);
  await dialog.getByRole("checkbox", { name: "vda" }).uncheck();
  await expect(gone.filter({ hasText: /boot order="\d"/ })).not.toHaveCount(0);
  expect(await dump("--inactive")).toMatch(/<target dev='vda'[\s\S]*?<boot order/);
  const { violations } = await new AxeBuilder({ page }).include("dialog").analyze();
  expect(violations).toEqual([]);
  await dialog.getByRole("button", { name: "Set the order" }).click();
  await expect(dialog).toHaveCount(0);
  const [vda] =
    (await dump("--inactive")).match(/<disk[\s\S]*?<target dev='vda'[\s\S]*?<\/disk>/) ?? [];
  expect(vda).not.toContain("<boot");
  await page.getByRole("link", { name: "Definition" }).click();
});

test("an edit that virsh was faster than shows both versions", async () => {
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await expect(editor()).toContainText("<domain");
  await world.host.virsh(["desc", domain, "--config", "by virsh"]);
  await page.getByRole("button", { name: "Show the plan" }).click();
  await expect(page.getByText("Both versions are shown")).toBeVisible();
  await expect(page.getByText("by virsh").first()).toBeVisible();
  await page.getByRole("button", { name: "Put away" }).click();
});

test("what QEMU must not get asks for a proof, and is named", async () => {
  await page.reload();
  const share = '<filesystem type="mount"><source dir="/srv"/><target dir="r"/></filesystem>';
  const file = await changed((xml) => xml.replace("</devices>", `${share}</devices>`));
  await page.getByLabel("Definition file").setInputFiles(file);
  await page.getByRole("button", { name: "Show the plan" }).click();
  await expect(page.getByText("Beyond what Portico makes")).toBeVisible();
  await expect(page.getByText("devices/filesystem[r]")).toBeVisible();
  expect(await dump("--inactive")).not.toContain("/srv");
});
