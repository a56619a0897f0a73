import { execFile } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { WebSocket } from "ws";
import { waitForConsole } from "./helpers/console-page";
import { eventually } from "./helpers/eventually";
import { setUp, signIn } from "./helpers/flows";
import { domainState, onlyDomain, volumes } from "./helpers/oracle";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

/** A legal name, as any text that can be shown; it must stay text. */
const markup = "<script>alert(1)</script><img src=x onerror=alert(2)>";
const sizes = { vcpus: "1", memoryMib: "64", diskGib: "1" };
type Figures = typeof sizes;

let world: World;
let page: Page;
let vmId: string;
let domain: string;
const ranCode: string[] = [];

test.beforeAll(async ({ browser }) => {
  world = await startWorld("bad");
  const context = await browser.newContext({ baseURL: world.portal.origin });
  page = await context.newPage();
  page.on("dialog", async (dialog) => {
    ranCode.push(dialog.message());
    await dialog.dismiss();
  });
  await setUp(page, world.portal);
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

function field(name: "name" | keyof Figures) {
  return page.locator(`input[name="${name}"]`);
}

/** Fills the open create form and submits it. */
async function ask(name: string, figures: Partial<Figures> = {}): Promise<void> {
  await field("name").fill(name);
  for (const [key, value] of Object.entries({ ...sizes, ...figures })) {
    await field(key as keyof Figures).fill(value);
  }
  await page.getByRole("button", { name: "Create and open the console" }).click();
}

/** The message is the field's own, for eyes and for a screen reader, and the form stays open. */
async function isRefused(name: "name" | keyof Figures, message: string | RegExp): Promise<void> {
  await expect(field(name)).toHaveAttribute("aria-invalid", "true");
  await expect(field(name)).toHaveAccessibleDescription(message);
  await expect(field(name)).toBeFocused();
  await expect(page).toHaveURL(/\/vms\/new$/);
}

/** The host holds these guests with one disk each, and nothing else. */
async function hostHolds(domains: string[]): Promise<void> {
  const names = (await world.host.virsh(["list", "--all", "--name"])).split("\n").filter(Boolean);
  expect(names.sort()).toEqual([...domains].sort());
  const disks = domains.map((each) => `${each}-0.qcow2`);
  expect((await volumes(world.host, "portico-disks")).sort()).toEqual(disks.sort());
}

test("a name that cannot be shown is refused beside its field", async () => {
  await page.goto("/p/default/vms/new");
  for (const [name, message] of [
    ["", /^Enter a name\./],
    ["   ", /^Enter a name\./],
    ["x".repeat(61), /^At most 60 characters\./],
    ["exe.\u202egnp", /^The name contains characters that cannot be shown/],
    ["be\u0007ll\t", /^The name contains characters that cannot be shown/],
  ] as const) {
    await ask(name);
    await isRefused("name", message);
    await expect(page.getByRole("alert").filter({ hasText: "was not created" })).toBeVisible();
  }
  await hostHolds([]);
});

test("sizes of nothing, below nothing and without end are refused beside their fields", async () => {
  for (const [key, value, message] of [
    ["vcpus", "0", /^From 1 to 64 vCPUs\./],
    ["vcpus", "-1", /^Enter a whole number\./],
    ["vcpus", "65", /^From 1 to 64 vCPUs\./],
    ["memoryMib", "0", /^From 64 to 1048576 MiB\./],
    ["memoryMib", "999999999", /^From 64 to 1048576 MiB\./],
    ["diskGib", "0", /^From 1 to 16384 GiB\./],
    ["diskGib", "9".repeat(400), /^Enter a whole number of GiB\./],
  ] as const) {
    await ask("sized", { [key]: value });
    await isRefused(key, message);
  }
  await hostHolds([]);
});

test("what the host and its pool cannot carry is refused beside its field, with the figures", async () => {
  const failure = page.getByRole("alert").filter({ hasText: "was not created" });
  for (const [key, value, message] of [
    ["vcpus", "64", /64 vCPUs are too many for this host: more than \d+ would/],
    ["memoryMib", "1048576", /1048576 MiB of memory are more than this host can give/],
    [
      "diskGib",
      "16384",
      /A disk of 16384 GiB could never be filled: the whole storage pool holds \d+ GiB/,
    ],
  ] as const) {
    await ask("sized", { [key]: value });
    await isRefused(key, message);
    await expect(failure).toContainText(message);
  }
  await hostHolds([]);
});

test("a disk image that is named .iso is refused, and nothing of it is kept", async () => {
  const file = join(test.info().outputDir, "x.iso");
  await mkdir(test.info().outputDir, { recursive: true });
  await promisify(execFile)("qemu-img", ["create", "-q", "-f", "qcow2", file, "1G"]);
  await page.goto("/p/default/images");
  await page.locator('input[type="file"]').first().setInputFiles(file);
  const row = page.getByRole("row", { name: /x\.iso/ });
  await expect(row).toContainText("This is a file in qcow2 format and not an ISO image");
  await expect(row.getByText("refused", { exact: true }).filter({ visible: true })).toBeVisible();
  expect(await readdir(join(world.portal.dataDir, "uploads"))).toEqual([]);
  expect(await volumes(world.host, "portico-images")).toEqual([]);
  await page.goto("/p/default/vms/new");
  await expect(page.getByText("No ISO is ready in this project yet.")).toBeVisible();
});

test("a file that is chosen before the page's scripts have come is not lost", async () => {
  let comeOn = () => {};
  const held = new Promise<void>((resolve) => {
    comeOn = resolve;
  });
  const scripts = /\/_next\/static\/.*\.js/;
  await page.route(scripts, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/p/default/images", { waitUntil: "commit" });
  const file = { name: "early.iso", mimeType: "", buffer: Buffer.from("no image") };
  await page.locator('input[type="file"]').first().setInputFiles(file);
  comeOn();
  await expect(page.getByText("early.iso", { exact: true })).toBeVisible();
  await expect(page.getByText("This file is too small to be an ISO image.")).toBeVisible();
  await page.unroute(scripts);
});

test("a name of markup is text, and can be had once", async () => {
  await page.goto("/p/default/vms/new");
  await ask(markup);
  await page.waitForURL(/\/vms\/[a-z0-9]+\/console$/);
  vmId = new URL(page.url()).pathname.split("/").at(-2) ?? "";
  await waitForConsole(page, "connected", 60_000);
  domain = await onlyDomain(world.host);
  expect(domain).toBe(`p-${vmId}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(markup);

  await page.goto("/p/default/vms/new");
  await ask(markup);
  await isRefused("name", /^This project has a VM named “<script>.*” already\. Choose another/);
  await hostHolds([domain]);
  for (const path of ["vms", "activity"]) {
    await page.goto(`/p/default/${path}`);
    await expect(page.getByText(markup).filter({ visible: true }).first()).toBeVisible();
  }
  expect(ranCode).toEqual([]);
});

/** Asks for a ticket as the console page does. */
async function ticketOf(tab: Page): Promise<string> {
  const answer = await tab.evaluate(async (href) => {
    const response = await fetch(href, { method: "POST" });
    return (await response.json()) as { ok: true; value: { ticket: string } };
  }, `/p/default/vms/${vmId}/console/ticket`);
  expect(answer.ok).toBe(true);
  return answer.value.ticket;
}

interface Attempt {
  /** Whose cookies are sent; null: none. */
  context: BrowserContext | null;
  ticket: string;
  origin?: string;
}

/** The HTTP status of the answer to an upgrade request; 101 is an open console. */
async function upgrade({ context, ticket, origin }: Attempt): Promise<number> {
  const cookies = (await context?.cookies()) ?? [];
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const url = `${world.portal.origin.replace("http", "ws")}/console`;
  const socket = new WebSocket(url, ["binary", `ticket.${ticket}`], {
    origin: origin ?? world.portal.origin,
    headers: cookie === "" ? {} : { cookie },
  });
  try {
    return await new Promise<number>((resolve, reject) => {
      socket.on("open", () => resolve(101));
      socket.on("unexpected-response", (_, response) => resolve(response.statusCode ?? 0));
      socket.on("error", reject);
    });
  } finally {
    socket.on("error", () => undefined);
    socket.terminate();
  }
}

test("a console opens for its own session, once, from the portal's own pages", async ({
  browser,
}) => {
  await page.goto(`/p/default/vms/${vmId}`);
  const own = page.context();
  const other = await browser.newContext({ baseURL: world.portal.origin });
  const tab = await other.newPage();
  await signIn(tab);
  await tab.waitForURL("**/p/default");

  const ticket = await ticketOf(page);
  expect(await upgrade({ context: other, ticket })).toBe(403);
  expect(await upgrade({ context: null, ticket })).toBe(401);
  expect(await upgrade({ context: own, ticket, origin: "http://evil.example" })).toBe(403);
  expect(await upgrade({ context: own, ticket: "A".repeat(ticket.length) })).toBe(403);
  expect(await upgrade({ context: own, ticket })).toBe(101);
  expect(await upgrade({ context: own, ticket })).toBe(403);
  expect(world.portal.output()).not.toContain(ticket);

  const fromElsewhere = await own.request.post(`/p/default/vms/${vmId}/console/ticket`, {
    headers: { origin: "http://evil.example" },
  });
  expect(fromElsewhere.status()).toBe(403);
  expect(await fromElsewhere.text()).not.toContain('ticket"');
  await other.close();
});

test("without libvirtd the open pages say so, creating is refused, and all comes back", async () => {
  const list = await page.context().newPage();
  await list.goto("/p/default/vms");
  const row = list.getByRole("row", { name: /<script>/ });
  const says = (state: string) => row.getByText(state, { exact: true }).filter({ visible: true });
  await expect(says("running")).toBeVisible();
  await page.goto("/p/default/vms/new");

  await world.host.kill("SIGKILL");
  const banner = (tab: Page) => tab.getByText("The host cannot be reached.", { exact: true });
  await expect(banner(page)).toBeVisible();
  await expect(banner(list)).toBeVisible();
  await expect(says("not known")).toBeVisible();
  await ask("later");
  await expect(page.getByRole("alert").filter({ hasText: "was not created" })).toContainText(
    "The host cannot be reached at the moment, and nothing was done.",
  );

  await world.host.restart();
  await expect(banner(page)).toBeHidden();
  await expect(says("running")).toBeVisible();
  await hostHolds([domain]);
  expect(await domainState(world.host, domain)).toBe("running");
  await ask("later");
  await page.waitForURL(/\/vms\/[a-z0-9]+\/console$/);
  await waitForConsole(page, "connected");
  await eventually("two guests", () =>
    hostHolds([domain, `p-${new URL(page.url()).pathname.split("/").at(-2)}`]),
  );
});
