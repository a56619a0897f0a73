import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { waitForConsole, waitForPixels } from "./helpers/console-page";
import { eventually } from "./helpers/eventually";
import { admin, createVm, setUp, signIn } from "./helpers/flows";
import { portico } from "./helpers/portico";
import { makeCertificate, proxyNames, type ReverseProxy, startProxy } from "./helpers/proxies";
import {
  ask,
  type EventReader,
  type QuietViewer,
  type Request,
  readEvents,
  watchQuietly,
} from "./helpers/through-proxy";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

/** The proxies cut what is silent for eight seconds; busy machines answer within that. */
const idleSeconds = 8;
const pingSeconds = 2;
const pingsBeyondIdle = 6;

let dir: string;
let world: World;
let vmId: string;
let token: string;
const proxies: ReverseProxy[] = [];
/** What is open through each proxy meanwhile, and silent but for pings. */
const quiet: { proxy: ReverseProxy; viewer: QuietViewer; events: EventReader }[] = [];

/** A client of another machine, which says that it is yet another one. */
function client(proxy: ReverseProxy, headers: Record<string, string> = {}): Request {
  const host = new URL(world.portal.origin).host;
  const localAddress = addressOf(proxy);
  return { host, localAddress, headers: { "x-forwarded-for": "198.51.100.7", ...headers } };
}

const addressOf = (proxy: ReverseProxy) => `127.0.0.${2 + proxies.indexOf(proxy)}`;

const byToken = () => ({ authorization: `Bearer ${token}` });

/** A browser whose way to the portal leads through the proxy. */
async function throughProxy(browser: Browser, proxy: ReverseProxy): Promise<Page> {
  world.portal.network.leadTo(proxy.port);
  const context = await browser.newContext({
    baseURL: world.portal.origin,
    ignoreHTTPSErrors: true,
  });
  return context.newPage();
}

async function makeToken(): Promise<string> {
  const words = ["admin", "token", "create", admin.email, "ci", "--scopes", "read,vm.write"];
  const settings = { PORTICO_DATA: world.portal.dataDir, PORTICO_ORIGIN: world.portal.origin };
  const made = await portico([...words, "--json"], { HOME: dir, LOG_LEVEL: "silent", ...settings });
  return (JSON.parse(made.out) as { secret: string }).secret;
}

/** Opens a viewer and an event stream through a proxy, as programs do. */
async function openQuietly(proxy: ReverseProxy, cookie: string, eventsPath: string): Promise<void> {
  const asked = { method: "POST", ...client(proxy, byToken()) };
  const answer = await ask(proxy, `/api/v1/vms/${vmId}/console-ticket`, asked);
  const grant = JSON.parse(answer.body) as { path: string; ticket: string };
  quiet.push({
    proxy,
    viewer: await watchQuietly(proxy, client(proxy, byToken()), grant),
    events: await readEvents(proxy, eventsPath, client(proxy, { cookie })),
  });
}

test.beforeAll(async ({ browser }) => {
  dir = await mkdtemp(join(tmpdir(), "portico-proxies-"));
  const env = { PORTICO_TRUSTED_PROXIES: "1", PORTICO_PING_SECONDS: String(pingSeconds) };
  world = await startWorld("prox", env, { https: true });
  await makeCertificate(dir);
  const place = { dir, portalPort: world.portal.port, idleSeconds };
  proxies.push(...(await Promise.all(proxyNames.map((name) => startProxy(name, place)))));
  const [first] = proxies;
  if (first === undefined) throw new Error("there are no proxies");
  const page = await throughProxy(browser, first);
  await setUp(page, world.portal);
  vmId = await createVm(page, { name: "web", iso: false, memoryMib: 128 });
  await waitForConsole(page, "connected");
  token = await makeToken();
  const streams = page.waitForRequest((request) => request.url().includes("/api/events"));
  await page.goto("/p/default/vms");
  const { pathname, search } = new URL((await streams).url());
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  await page.close();
  for (const proxy of proxies) await openQuietly(proxy, cookie, pathname + search);
});

test.afterAll(async () => {
  for (const { viewer, events } of quiet) {
    viewer.close();
    events.close();
  }
  for (const proxy of proxies) await proxy.stop();
  await world?.stop();
  await rm(dir, { recursive: true, force: true });
});

for (const [index, name] of proxyNames.entries()) {
  test(`behind ${name}: forms, live pages and the console`, async ({ browser }) => {
    const proxy = proxies[index] as ReverseProxy;
    const page = await throughProxy(browser, proxy);
    await signIn(page);
    await page.waitForURL("**/p/default");
    await page.goto("/p/default/vms");
    const row = page.getByRole("row", { name: /web/ });
    // There is a copy for narrow screens.
    const shows = (state: string) =>
      row.getByText(state, { exact: true }).filter({ visible: true });
    await expect(shows("running")).toBeVisible();
    for (const [command, state] of [
      ["suspend", "paused"],
      ["resume", "running"],
    ] as const) {
      await world.host.virsh([command, `p-${vmId}`]);
      await expect(shows(state)).toBeVisible();
    }
    await page.goto(`/p/default/vms/${vmId}/console`);
    await waitForConsole(page, "connected");
    await waitForPixels(page);

    const cookies = await page.context().cookies();
    const cookie = cookies.map((each) => `${each.name}=${each.value}`).join("; ");
    const upgrade = {
      cookie,
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
      "sec-websocket-protocol": "binary",
      "x-forwarded-host": "evil.example",
      origin: "https://evil.example",
    };
    const foreign = await ask(proxy, "/console", client(proxy, upgrade));
    expect(foreign).toMatchObject({ status: 403, body: expect.stringContaining("auth.forbidden") });
    await page.context().close();
  });
}

test("the log has the clients' own addresses, whatever they say", async () => {
  for (const proxy of proxies) {
    const query = "/api/v1/audit?action=vm.open_console&limit=50";
    const { body } = await ask(proxy, query, client(proxy, byToken()));
    const { items } = JSON.parse(body) as { items: { ip: string; actor: { token: unknown } }[] };
    const addresses = items.filter(({ actor }) => actor.token !== null).map(({ ip }) => ip);
    expect(addresses.sort()).toEqual(proxies.map(addressOf));
  }
});

test("what is silent but for our pings is not cut", async () => {
  for (const { proxy, viewer, events } of quiet) {
    await eventually(`pings through ${proxy.name}`, () => {
      expect(viewer.isOpen() && events.isOpen(), `${proxy.name} cut it`).toBe(true);
      expect(viewer.pings()).toBeGreaterThanOrEqual(pingsBeyondIdle);
      expect(events.pings()).toBeGreaterThanOrEqual(pingsBeyondIdle);
    });
    viewer.askForScreen();
    await eventually(`the screen through ${proxy.name}`, () =>
      expect(viewer.pixels()).toBeGreaterThan(640 * 400),
    );
  }
});
