import { once } from "node:events";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import WebSocket from "ws";
import { ensureGuestIso } from "./guest/guest-iso";
import { waitForConsole, waitForPixels } from "./helpers/console-page";
import { eventually } from "./helpers/eventually";
import { createVm, fillNewVm, setUp, uploadIso } from "./helpers/flows";
import { domainState } from "./helpers/oracle";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

/** What is taken away is gone within five seconds; a busy machine looks later. */
const cutMs = 15_000;
const mike = {
  email: "mike@example.org",
  name: "Mike Ember",
  password: "seven loud green kettles",
};
const vera = { email: "vera@example.org", name: "Vera Viewer", password: "nine calm old ladders" };

let world: World;
let secondBrowser: Browser;
/** Ada administers, and owns the project “Default”: she has a browser of her own. */
let ada: Page;
/** Mike is a member of “Default” and of nothing else. */
let his: Page;
/** Vera owns “Web shop”, and is a viewer of “Default”. */
let hers: Page;
/** Mike's, running, in “Default”. */
let vmId: string;
let token: string;
let projectId: string;
/** What is Vera's alone. */
let foreign: { vmId: string; imageId: string; projectId: string };

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

async function nothingHere(page: Page): Promise<void> {
  await expect(heading(page), page.url()).toHaveText("There is nothing here");
}

async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: world.portal.origin });
  return context.newPage();
}

test.beforeAll(async ({ browser, launchOptions }) => {
  world = await startWorld("tenants");
  secondBrowser = await browser.browserType().launch(launchOptions);
  ada = await openPage(browser);
  his = await openPage(secondBrowser);
  hers = await openPage(secondBrowser);
  await setUp(ada, world.portal);
  await uploadIso(ada, await ensureGuestIso());
});

test.afterAll(async () => {
  await ada?.context().close();
  await secondBrowser?.close();
  await world?.stop();
});

/** Invites on a page that has the form; returns the link that is shown once. */
async function invite(path: string, email: string, role: string): Promise<string> {
  await ada.goto(path);
  await ada.getByLabel("Email").fill(email);
  await ada.getByLabel("Role", { exact: true }).selectOption(role);
  await ada.getByRole("button", { name: "Invite" }).click();
  return ada.getByLabel("Invitation link", { exact: true }).inputValue();
}

async function join(page: Page, link: string, person: typeof mike): Promise<void> {
  await page.goto(link);
  await expect(page.getByLabel("Email")).toHaveValue(person.email);
  await page.getByLabel("Your name").fill(person.name);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Make the account and join" }).click();
}

/** Ids of what the page's own session sees by the API. */
async function seen(page: Page, list: "images" | "projects" | "vms"): Promise<string[]> {
  const reply = await page.request.get(`/api/v1/${list}`);
  const { items } = (await reply.json()) as { items: { id: string }[] };
  return items.map((each) => each.id);
}

const only = ([first, ...rest]: string[]): string => {
  if (first === undefined || rest.length > 0) throw new Error(`not one: ${[first, ...rest]}`);
  return first;
};

test("two people join two projects by links, in a browser of their own", async () => {
  await join(his, await invite("/p/default/project/members", mike.email, "Member"), mike);
  await his.waitForURL("**/p/default");

  await ada.goto("/admin/projects");
  await ada.getByRole("button", { name: "Create a project" }).click();
  await ada.getByRole("dialog").getByLabel("Name").fill("Web shop");
  await ada.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await ada.waitForURL("**/admin/projects/web-shop");
  await join(hers, await invite("/admin/projects/web-shop", vera.email, "Owner"), vera);
  await hers.waitForURL("**/p/web-shop");
  // Before she is let into the other one: what she sees now is hers.
  await uploadIso(hers, await ensureGuestIso(), "web-shop");
  foreign = {
    vmId: await createVm(hers, { project: "web-shop", name: "Shop", memoryMib: 64, iso: false }),
    imageId: only(await seen(hers, "images")),
    projectId: only(await seen(hers, "projects")),
  };

  await hers.goto(await invite("/p/default/project/members", vera.email, "Viewer"));
  await hers.getByRole("button", { name: "Join with this account" }).click();
  await hers.waitForURL("**/p/default");
  projectId = only(await seen(his, "projects"));
  expect(projectId).not.toBe(foreign.projectId);
});

test("a quota is said before it is reached, and the server keeps to it", async () => {
  await ada.goto("/admin/projects/default");
  await ada.locator('input[name="vcpus"]').fill("8");
  await ada.getByRole("button", { name: "Save the limits" }).click();
  await expect(ada.getByText("The limits are in force.")).toBeVisible();

  await createVm(ada, { name: "Four", vcpus: 4, memoryMib: 64, iso: false });
  await fillNewVm(his, { name: "Watched", vcpus: 2 });
  await expect(his.getByText("6 of 8 vCPU after this")).toBeVisible();
  vmId = await createVm(his, { name: "Watched", vcpus: 2 });

  await fillNewVm(his, { name: "Beyond", vcpus: 4, iso: false });
  await expect(his.getByText("10 of 8 vCPU after this – too much")).toBeVisible();
  const create = his.getByRole("button", { name: "Create and open the console" });
  await expect(create).toHaveAttribute("aria-disabled", "true");
  await expect(create).toHaveAccessibleDescription("More than the project's quota allows: vCPU.");

  await makeToken();
  const body = { projectId, name: "Beyond", vcpus: 4, memoryMib: 64, diskGib: 1 };
  const refused = await api("/vms", body);
  expect(refused.body).toMatchObject({ code: "quota.exceeded" });
  expect(refused.status).toBe(409);
  expect(
    (await world.host.virsh(["list", "--all", "--name"])).split("\n").filter(Boolean),
  ).toHaveLength(3);
});

/** Mike's personal token, made on his page. */
async function makeToken(): Promise<void> {
  await his.goto("/account/tokens");
  await his.getByRole("button", { name: "Make a token" }).first().click();
  const dialog = his.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("ci");
  await dialog.getByLabel("vm.write").check();
  await dialog.getByRole("button", { name: "Make a token" }).click();
  token = await his.getByRole("dialog").getByLabel("Token", { exact: true }).inputValue();
}

/** The API, as the token opens it. */
async function api(path: string, body?: object): Promise<{ status: number; body: unknown }> {
  const reply = await fetch(`${world.portal.origin}/api/v1${path}`, {
    method: body ? "POST" : "GET",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  return { status: reply.status, body: await reply.json() };
}

test("a viewer sees what she may not do, with the reason", async () => {
  const why = "This needs the role “Member”. Yours in this project is “Viewer”.";
  const says = async (name: string, role: "button" | "link" = "button") => {
    const control = hers.getByRole(role, { name, exact: true }).first();
    await expect(control).toHaveAttribute("aria-disabled", "true");
    await expect(control).toHaveAccessibleDescription(why);
  };
  await hers.goto("/p/default/vms");
  await expect(hers.getByRole("link", { name: "Watched", exact: true })).toBeVisible();
  await says("Create VM");
  await hers.goto(`/p/default/vms/${vmId}`);
  await says("Open console");
  await hers.getByRole("button", { name: "Power" }).click();
  const off = hers.getByRole("menuitem", { name: "Force off" });
  await expect(off).toHaveAttribute("aria-disabled", "true");
  await expect(off).toHaveAccessibleDescription(why);
  await hers.goto(`/p/default/vms/${vmId}/console`);
  const noConsole = hers.getByText("You may not use this console").locator("..");
  await expect(noConsole).toContainText(why);
});

test("an outsider finds nothing: no VM, no console, no image, no project", async () => {
  for (const page of ["", "/vms", "/images", "/project/members"]) {
    await his.goto(`/p/web-shop${page}`);
    await nothingHere(his);
  }
  // By the address of the owner and by that of a project of one's own.
  for (const slug of ["web-shop", "default"]) {
    for (const page of ["", "/console", "/hardware", "/activity"]) {
      await his.goto(`/p/${slug}/vms/${foreign.vmId}${page}`);
      await nothingHere(his);
    }
  }
  const doors = [
    `/vms/${foreign.vmId}`,
    `/images/${foreign.imageId}`,
    `/projects/${foreign.projectId}`,
    `/vms?projectId=${foreign.projectId}`,
  ];
  for (const door of doors) {
    expect(await api(door), door).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect((await his.request.get(`/api/v1${door}`)).status(), door).toBe(404);
  }
  const ticket = await api(`/vms/${foreign.vmId}/console-ticket`, {});
  expect(ticket).toMatchObject({ status: 404, body: { code: "not_found" } });
});

/** Gives her VM to a project, as the administrator does. */
async function give<T>(from: string, to: string, before: () => Promise<T>): Promise<T> {
  await ada.goto(`/p/${from}/vms/${foreign.vmId}/settings`);
  await ada.getByRole("button", { name: "Give to another project…" }).click();
  const dialog = ada.getByRole("dialog", { name: "Give Shop to another project" });
  const confirm = dialog.getByRole("button", { name: "Give away" });
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  await dialog.getByLabel("Project").selectOption(to);
  await expect(dialog.getByText(/^1 disk, no snapshots and no backups go along/)).toBeVisible();
  await expect(dialog.getByText(/VMs after this/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page: ada }).analyze();
  expect(violations.map((each) => each.id)).toEqual([]);
  const made = await before();
  await confirm.click();
  return made;
}

test("a VM that changes its project is there at once, and its consoles end", async () => {
  const owner = async (...of: string[]) => {
    const xml = await world.host.virsh(["dumpxml", `p-${foreign.vmId}`, ...of]);
    return /<portico:vm [^>]*project=["'](\w+)["']/.exec(xml)?.[1];
  };
  await hers.goto(`/p/web-shop/vms/${foreign.vmId}`);
  // It was made from an image of its project, which stays there.
  await ada.goto(`/p/web-shop/vms/${foreign.vmId}/settings`);
  await ada.getByRole("button", { name: "Give to another project…" }).click();
  await expect(ada.getByRole("dialog")).toContainText("Images of this project are in its drives");
  const eject = ["change-media", `p-${foreign.vmId}`, "sda", "--eject", "--force"];
  await world.host.virsh([...eject, "--live", "--config"]);
  await give("web-shop", "Default", async () => undefined);
  await ada.waitForURL(`**/p/default/vms/${foreign.vmId}`);
  await expect(hers.getByText("This VM is no longer here.")).toBeVisible();
  expect((await api(`/vms/${foreign.vmId}`)).status).toBe(200);
  await hers.goto(`/p/default/vms/${foreign.vmId}/settings`);
  // She is only a viewer there.
  await expect(hers.getByRole("button", { name: "Give to another project…" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );

  // Opened at the last moment: one that says nothing is ended for that.
  const console = await give("default", "Web shop", () => openConsole(foreign.vmId));
  await ada.waitForURL(`**/p/web-shop/vms/${foreign.vmId}`);
  await eventually("the console's end", () => expect(console.closed()).toBe(4003), cutMs);
  expect((await api(`/vms/${foreign.vmId}`)).status).toBe(404);
  expect(await domainState(world.host, `p-${foreign.vmId}`)).toBe("running");
  await eventually("what virsh says", async () => {
    expect([await owner(), await owner("--inactive")]).toEqual(Array(2).fill(foreign.projectId));
  });
});

test("who is removed while the console is open loses it, and the guest runs on", async () => {
  const context = his.context();
  const domain = `p-${vmId}`;
  await his.goto(`/p/default/vms/${vmId}/console`);
  await waitForConsole(his, "connected", 120_000);
  await waitForPixels(his);
  const list = await context.newPage();
  await list.goto("/p/default/vms");
  await expect(list.getByRole("link", { name: "Watched", exact: true })).toBeVisible();
  const cookies = await context.cookies();
  const stream = await openStream(cookies.map(({ name, value }) => `${name}=${value}`).join("; "));
  expect((await api(`/vms/${vmId}`)).status).toBe(200);
  const before = (await world.host.virsh(["domid", domain])).trim();

  await ada.goto("/p/default/project/members");
  await ada.getByRole("button", { name: `Remove ${mike.name}` }).click();
  // At the last moment: one that says nothing is ended for that.
  const second = await openConsole();
  await ada.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  // What the server ends; how soon a browser has drawn what is left is the browser's affair.
  await Promise.all([
    eventually("the console's end", () => expect(second.closed()).toBe(4003), cutMs),
    eventually(
      "the end of the stream",
      () => expect(stream.text()).toMatch(/access_ended.*\n\n$/),
      cutMs,
    ),
    eventually(
      "the token's end",
      async () => expect((await api(`/vms/${vmId}`)).status).toBe(404),
      cutMs,
    ),
  ]);
  await nothingHere(his);
  await nothingHere(list);
  await stream.ended;

  expect(await domainState(world.host, domain)).toBe("running");
  expect((await world.host.virsh(["domid", domain])).trim()).toBe(before);
  expect(await api(`/vms?projectId=${projectId}`)).toMatchObject({ status: 404 });
  expect(await api("/vms")).toMatchObject({ status: 200, body: { items: [] } });
  for (const page of ["", "/console"]) {
    await his.goto(`/p/default/vms/${vmId}${page}`);
    await nothingHere(his);
  }
  await list.close();
});

/** A console as a program opens it; `closed` is the code that the portal closed it with. */
async function openConsole(id = vmId): Promise<{ closed(): number | null }> {
  const ticket = (await api(`/vms/${id}/console-ticket`, {})).body as {
    path: string;
    protocols: string[];
  };
  const url = `${world.portal.origin.replace(/^http/, "ws")}${ticket.path}`;
  const socket = new WebSocket(url, ticket.protocols, {
    headers: { authorization: `Bearer ${token}` },
  });
  let closed: number | null = null;
  socket.on("close", (code) => {
    closed = code;
  });
  // The guest's VNC server speaks first.
  const [greeting] = await once(socket, "message");
  expect(String(greeting)).toMatch(/^RFB 003/);
  return { closed: () => closed };
}

/** The project's events as a program reads them; `ended` resolves when the portal ends the stream. */
async function openStream(cookie: string): Promise<{ text(): string; ended: Promise<void> }> {
  const url = `${world.portal.origin}/api/events?project=${projectId}`;
  const reply = await fetch(url, { headers: { cookie } });
  let text = "";
  const pump = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of reply.body ?? []) text += decoder.decode(chunk, { stream: true });
  };
  const ended = pump();
  await eventually("the snapshot", () => expect(text).toContain('"snapshot"'));
  return { text: () => text, ended };
}
