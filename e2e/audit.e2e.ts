import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { setUp } from "./helpers/flows";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let world: World;
let page: Page;

test.beforeAll(async ({ browser }) => {
  world = await startWorld("audit");
  const context = await browser.newContext({
    baseURL: world.portal.origin,
    timezoneId: "Asia/Tokyo",
  });
  page = await context.newPage();
  await setUp(page, world.portal);
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

const rows = () => page.getByRole("table", { name: "Audit log" }).getByRole("row");

test("the log shows who did what, in the reader's time zone", async () => {
  await page.goto("/p/nowhere");
  await page.goto("/admin/audit");
  const refused = rows().filter({ hasText: "Access refused" });
  await expect(refused).toContainText("Ada Min");
  const time = refused.getByRole("time");
  const at = new Date((await time.getAttribute("datetime")) ?? "");
  const inTokyo = new Intl.DateTimeFormat("en", {
    dateStyle: "medium",
    timeStyle: "medium",
    timeZone: "Asia/Tokyo",
  });
  await expect(time).toHaveText(inTokyo.format(at));
  await refused.getByRole("button", { name: /Details of row/ }).click();
  await expect(
    page.getByRole("row", { name: "Refused with not_found", exact: true }),
  ).toBeVisible();
});

test("filters are in the address, and stay when the page is loaded again", async () => {
  await page.getByLabel("What", { exact: true }).selectOption("First administrator set up");
  await page.getByLabel("From", { exact: true }).fill("2020-01-01T09:00");
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/action=setup\.admin/);
  expect(new URL(page.url()).searchParams.get("from")).toBe("2020-01-01T00:00:00.000Z");
  await expect(rows().filter({ hasText: "Access refused" })).toHaveCount(0);
  await page.reload();
  await expect(page.getByLabel("From", { exact: true })).toHaveValue("2020-01-01T09:00");
  await expect(rows().filter({ hasText: "First administrator set up" })).toHaveCount(1);
  await page.getByRole("button", { name: /Details of row/ }).click();
  await page.getByRole("link", { name: "only this request" }).click();
  await expect(page.getByRole("link", { name: /Remove the filter: Request/ })).toBeVisible();
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(rows().filter({ hasText: "Access refused" })).toBeVisible();
});

test("what matches nothing says so", async () => {
  await page.goto("/admin/audit?search=nothing-of-the-kind&outcome=spoilt");
  await expect(page.getByRole("heading", { name: "No row matches" })).toBeVisible();
});

test("the export is a file, and a row of the log", async () => {
  await page.goto("/p/default/project/audit");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^portico-audit-\d{8}T\d{4}Z\.csv$/);
  const text = await readFile(await download.path(), "utf8");
  expect(text.split("\r\n")[0]).toContain("seq,at,actor_id");
  expect(text).toContain("setup.admin");
  await page.reload();
  await expect(rows().filter({ hasText: "Audit log exported" })).toHaveCount(1);
});
