import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { builtPaths } from "./access/build-doors";
import { ensureGuestIso } from "./guest/guest-iso";
import { axeFindings, hideAlike, showAll } from "./helpers/axe";
import { waitForConsole } from "./helpers/console-page";
import { admin, createVm, setUp, uploadIso } from "./helpers/flows";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let world: World;
let page: Page;
let paths: string[];
const problems: string[] = [];

test.beforeAll(async ({ browser }) => {
  world = await startWorld("pages");
  const context = await browser.newContext({ baseURL: world.portal.origin });
  page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
  await setUp(page, world.portal);
  await uploadIso(page, await ensureGuestIso());
  const vmId = await createVm(page, { name: "Looked at" });
  await waitForConsole(page, "connected", 120_000);
  const vm = `/p/default/vms/${vmId}`;
  await page.goto("/admin/users");
  const user = await page.getByRole("link", { name: admin.name }).getAttribute("href");
  await page.goto("/admin/hosts");
  const performance = await page.getByRole("link", { name: "Performance" }).getAttribute("href");
  paths = [
    "/p/default",
    "/p/default/vms",
    "/p/default/vms/new",
    "/p/default/vms/import",
    "/p/default/vms/wall",
    vm,
    `${vm}/console`,
    `${vm}/console/serial`,
    `${vm}/console/recordings`,
    `${vm}/hardware`,
    `${vm}/hardware/vda`,
    `${vm}/snapshots`,
    `${vm}/backups`,
    `${vm}/definition`,
    `${vm}/settings`,
    `${vm}/guest`,
    `${vm}/process`,
    `${vm}/activity`,
    "/p/default/images",
    "/p/default/disks",
    "/p/default/backups",
    "/p/default/networks",
    "/p/default/activity",
    "/p/default/project/members",
    "/p/default/project/settings",
    "/p/default/project/recordings",
    "/admin",
    "/admin/projects",
    "/admin/projects/default",
    "/p/default/project/quota",
    "/p/default/project/audit",
    "/admin/hosts",
    performance ?? "",
    "/admin/vms",
    "/admin/users",
    user ?? "",
    "/admin/health",
    "/admin/audit",
    "/account",
    "/account/security",
    "/admin/settings",
    "/account/ssh-keys",
    "/account/tokens",
    "/p/default/project/tokens",
    "/docs/api",
    "/problems",
    "/problems/quota.exceeded",
  ];
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

/** What is asked of a page as a whole, where all else is asked of a part that stands for it. */
const ofTheWhole = ["duplicate-id-aria", "heading-order", "link-name", "button-name"];

/** Dark differs from light in its colours alone. */
async function axeInBothSchemes(of: Page, path: string): Promise<void> {
  await of.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  if (path === "/docs/api") {
    // Two hundred operations look alike: what is asked of each is asked of some.
    expect(await axeFindings(of, ofTheWhole), `${path}, whole`).toEqual([]);
    await of.getByRole("searchbox").fill("snapshot");
    await expect(of.getByText(/^\d operations$/)).toBeVisible();
    await hideAlike(of, "main section");
  }
  expect(await axeFindings(of), `${path}, light`).toEqual([]);
  await of.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  expect(await axeFindings(of, ["color-contrast"]), `${path}, dark`).toEqual([]);
  await showAll(of);
}

test("axe finds nothing where nobody is signed in: set-up, sign-in, a used link, no page", async ({
  browser,
}) => {
  const fresh = await startWorld("door");
  const context = await browser.newContext({ baseURL: fresh.portal.origin });
  try {
    const stranger = await context.newPage();
    const doors = [
      await fresh.portal.setupLink(),
      "/sign-in",
      "/setup?token=used",
      "/reset/request",
      "/reset/used",
      "/invite/used",
      "/share#used",
      "/share?screen=used",
      "/nowhere",
      "/problems/auth.required",
    ];
    for (const path of doors) {
      await stranger.goto(path);
      await stranger.locator("h1").first().waitFor();
      await axeInBothSchemes(stranger, path);
    }
  } finally {
    await context.close();
    await fresh.stop();
  }
});

/** Looked at where nobody is signed in, or where somebody must still prove who he is. */
const doors = /^\/($|sign-in|setup|reset|invite|second-factor|share)/;

test("every page of the build is among those that are looked at", () => {
  const left = builtPaths().pages.filter((each) => {
    const shape = new RegExp(`^${each.replaceAll(/\[[^\]]+\]/g, "[^/]+")}$`);
    return !doors.test(each) && !paths.some((path) => shape.test(path));
  });
  // The one leads to the first of the pages below it; the other is looked at where something is
  // recorded, in console.e2e.ts.
  expect(left).toEqual(["/p/[project]/project", "/p/[project]/project/recordings/[id]"]);
});

const areaOf = (path: string) => {
  if (path.startsWith("/admin")) return "administration";
  if (/\/vms\/(?!new)/.test(path)) return "a VM";
  return path.startsWith("/p/") ? "a project" : "an account and the docs";
};

for (const area of ["a project", "a VM", "administration", "an account and the docs"]) {
  // One visit serves three questions: opening a page is what takes the time.
  test(`axe finds nothing on any page of ${area}, light or dark, and none is wider than a phone`, async () => {
    const own = paths.filter((path) => areaOf(path) === area);
    expect(own.length).toBeGreaterThan(0);
    for (const path of own) {
      await page.goto(path);
      await page.locator("h1").first().waitFor();
      await axeInBothSchemes(page, path);
      await page.setViewportSize({ width: 390, height: 844 });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, path).toBeLessThanOrEqual(390);
      await page.setViewportSize({ width: 1360, height: 860 });
    }
  });
}

test("on a phone the open tab is in sight", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  const last = paths.findLast((path) => path.endsWith("/activity") && path.includes("/vms/"));
  await page.goto(last ?? "");
  const tab = page.getByRole("link", { name: "Activity", exact: true }).first();
  await expect(tab).toHaveAttribute("aria-current", "page");
  // Less than whole: scrolled places are rounded.
  await expect(tab).toBeInViewport({ ratio: 0.9 });
  await page.setViewportSize({ width: 1360, height: 860 });
});

test("every page speaks Chinese when asked to, without a missing message", async () => {
  // As the server writes them: nothing of this is left to the browser.
  const cookies = await page.context().cookies();
  const kept = cookies.filter(({ name }) => name !== "portico-locale");
  const cookie = [...kept.map(({ name, value }) => `${name}=${value}`), "portico-locale=zh-CN"];
  for (const path of paths) {
    const answer = await fetch(`${world.portal.origin}${path}`, {
      headers: { cookie: cookie.join("; ") },
    });
    const html = await answer.text();
    expect(html, path).toMatch(/<html[^>]* lang="zh-CN"/);
    const [, title = ""] = html.match(/<h1[^>]*>(.*?)<\/h1>/s) ?? [];
    // Names that people have given are the same in every language.
    expect(title, path).toMatch(/\p{Script=Han}|Looked at|Default|Ada Min/u);
  }
});

test("the VM list needs at most 180 KB of gzipped JavaScript", async () => {
  await page.goto("/p/default/vms");
  await page.getByRole("row", { name: /Looked at/ }).waitFor();
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => name)
      .filter((name) => new URL(name).pathname.endsWith(".js")),
  );
  expect(scripts.length).toBeGreaterThan(0);
  let total = 0;
  for (const url of new Set(scripts)) {
    total += gzipSync(await (await page.request.get(url)).body()).length;
  }
  expect(total).toBeLessThanOrEqual(180 * 1024);
});

test("no page wrote an error to the browser's console", () => {
  expect(problems).toEqual([]);
});

test("an idle portal that follows a running guest stays below 250 MB", async () => {
  await world.portal.kill("SIGTERM");
  await world.portal.start();
  await page.goto("/p/default/vms");
  await page.getByRole("row", { name: /Looked at/ }).waitFor();
  const status = await readFile(`/proc/${world.portal.pid()}/status`, "utf8");
  const rssKib = Number(status.match(/VmRSS:\s+(\d+)/)?.[1]);
  expect(rssKib).toBeLessThanOrEqual(250 * 1024);
});

test("the API's documentation is searched by keyboard, and a problem leads to its page", async () => {
  await page.goto("/docs/api");
  // Until its script has come the page does not hear keys.
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("searchbox")).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.type("lease set");
  await expect(page.getByText("1 operation", { exact: true })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#setVmLease$/);
  const section = page.locator("#setVmLease");
  await expect(section).toBeInViewport();
  await expect(section.getByText("portico lease set web 2030-12-31")).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("searchbox")).toHaveValue("");
  await section.getByRole("link", { name: "vm.bad_state" }).click();
  await expect(page.locator("h1")).toHaveText("Not possible in the present state");
  const answer = await page.goto("/problems/no.such");
  expect(answer?.status()).toBe(404);
});
