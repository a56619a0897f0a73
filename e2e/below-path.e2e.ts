import { appendFile, copyFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { testBasePath } from "../scripts/lib/late-tests.mjs";
import { ensureGuestIso } from "./guest/guest-iso";
import { readScreenText } from "./helpers/console-flows";
import { waitForConsole, waitForPixels } from "./helpers/console-page";
import { admin, createVm, isSignedOut, setUp, uploadIso } from "./helpers/flows";
import { type OidcTestProvider, startOidcProvider } from "./helpers/oidc-provider";
import { portico } from "./helpers/portico";
import { makeCertificate, proxyNames, type ReverseProxy, startProxy } from "./helpers/proxies";
import { ask } from "./helpers/through-proxy";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let dir: string;
let world: World;
let provider: OidcTestProvider;
let page: Page;
let vmId: string;
let token: string;
const proxies: ReverseProxy[] = [];
/** Whatever a page has asked of another place than the portal's. */
const strayed: string[] = [];

/** What of the portal a test of the address sees: paths with the base path, and no origin. */
const at = (path: string) => `${testBasePath}${path}`;
const host = () => new URL(world.portal.origin).host;

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    baseURL: `${world.portal.address}/`,
    ignoreHTTPSErrors: true,
  });
  const made = await context.newPage();
  const look = (url: string) => {
    const { protocol, pathname, host: asked } = new URL(url);
    const ours = asked !== host() || pathname === testBasePath || pathname.startsWith(at("/"));
    if (/^(https?|wss?):$/.test(protocol) && !ours) strayed.push(url);
  };
  made.on("request", (request) => look(request.url()));
  made.on("websocket", (socket) => look(socket.url()));
  return made;
}

/** `portico` with the administrator's token, by the address with the path. */
function command(...words: string[]) {
  return portico(words, {
    HOME: dir,
    PORTICO_URL: `${world.portal.address}/`,
    PORTICO_TOKEN: token,
    // The certificate is one of this test.
    NODE_TLS_REJECT_UNAUTHORIZED: "0",
    NODE_NO_WARNINGS: "1",
  });
}

const cookies = async () => page.context().cookies();

test.beforeAll(async ({ browser }) => {
  dir = await mkdtemp(join(tmpdir(), "portico-path-"));
  provider = await startOidcProvider();
  const secretFile = join(dir, "secret");
  await writeFile(secretFile, `${provider.clientSecret}\n`, { mode: 0o600 });
  const oidc = {
    PORTICO_OIDC_ISSUER: provider.issuer,
    PORTICO_OIDC_CLIENT_ID: provider.clientId,
    PORTICO_OIDC_CLIENT_SECRET_FILE: secretFile,
    PORTICO_OIDC_NAME: "Example ID",
    PORTICO_OIDC_SIGN_UP: "true",
    PORTICO_OIDC_ROLES: '{"web":"default:viewer"}',
  };
  world = await startWorld(
    "path",
    { PORTICO_TRUSTED_PROXIES: "1", ...oidc },
    { https: true, basePath: testBasePath },
  );
  provider.trust(world.portal.address);
  await makeCertificate(dir);
  const place = { dir, portalPort: world.portal.port, idleSeconds: 60, below: true };
  proxies.push(...(await Promise.all(proxyNames.map((name) => startProxy(name, place)))));
  const nginx = proxies.find(({ name }) => name === "nginx");
  if (nginx === undefined) throw new Error("there is no nginx");
  world.portal.network.leadTo(nginx.port);
  page = await newPage(browser);
});

test.afterAll(async () => {
  await page?.context().close();
  for (const proxy of proxies) await proxy.stop();
  await world?.stop();
  await provider?.stop();
  if (dir) await rm(dir, { recursive: true, force: true });
});

test("the set-up link, an upload, a new VM and its screen", async () => {
  expect(world.portal.output()).toContain(`ready at ${world.portal.address}\n`);
  expect(world.portal.output()).toContain("Warning: This portal shares");
  // As a browser that knew the portal at the root of this host would come.
  await page.context().addCookies([
    {
      name: "__Host-portico-session",
      value: "former",
      url: `${world.portal.origin}/`,
      secure: true,
    },
  ]);
  expect(await cookies()).toHaveLength(1);
  await setUp(page, world.portal);
  expect(new URL(page.url()).pathname).toBe(at("/p/default"));
  const kept = (await cookies()).map(({ name, path, secure }) => ({ name, path, secure }));
  expect(kept).toContainEqual({
    name: "__Secure-portico-session",
    path: testBasePath,
    secure: true,
  });
  expect(kept.filter(({ path }) => path !== testBasePath)).toEqual([]);

  await uploadIso(page, await ensureGuestIso());
  vmId = await createVm(page, { name: "web", memoryMib: 256 });
  await waitForConsole(page, "connected");
  await waitForPixels(page);
});

test("lists are live, and the serial port answers", async () => {
  await page.goto("p/default/vms");
  const shows = (state: string) =>
    page
      .getByRole("row", { name: /web/ })
      .getByText(state, { exact: true })
      .filter({ visible: true });
  await expect(shows("running")).toBeVisible();
  for (const [word, state] of [
    ["suspend", "paused"],
    ["resume", "running"],
  ] as const) {
    await world.host.virsh([word, `p-${vmId}`]);
    await expect(shows(state)).toBeVisible();
  }
  await page.getByRole("link", { name: "web", exact: true }).first().click();
  await page.waitForURL(`**${at(`/p/default/vms/${vmId}`)}`);
  await page.goto(`p/default/vms/${vmId}/console/serial`);
  await page.locator('[data-testid="serial"][data-console-state="connected"]').waitFor();
  await page.getByTestId("serial-terminal").click();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("serial-terminal")).toContainText("login:", { timeout: 60_000 });
});

test("the screen is read, and shown to whoever has a link, with a cookie of its own path", async ({
  browser,
}) => {
  await page.goto(`p/default/vms/${vmId}/console`);
  await waitForConsole(page, "connected");
  // A worker reads it.
  await readScreenText(page, "login:");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Share the screen…" }).click();
  await page.getByRole("dialog").getByLabel("For whom or what").fill("Support");
  await page.getByRole("dialog").getByRole("button", { name: "Make a link" }).click();
  const link = await page.getByRole("dialog").getByLabel("The link, shown only now").inputValue();
  expect(link).toMatch(new RegExp(`^${world.portal.address}/share#`));
  const visitor = await newPage(browser);
  await visitor.goto(link);
  await visitor.getByLabel("Your name").fill("Vera");
  await visitor.getByRole("button", { name: "Watch" }).click();
  await visitor.getByTestId("shared-screen").waitFor();
  await waitForPixels(visitor);
  const paths = (await visitor.context().cookies())
    .filter(({ name }) => name.includes("visit"))
    .map(({ path }) => path);
  expect(paths).toEqual([at("/share")]);
  await visitor.context().close();
});

test("programs: a token, the API and the command line", async () => {
  const made = await portico(
    [
      "admin",
      "token",
      "create",
      admin.email,
      "ci",
      "--scopes",
      "read,vm.write,image.write",
      "--json",
    ],
    {
      HOME: dir,
      LOG_LEVEL: "silent",
      PORTICO_DATA: world.portal.dataDir,
      PORTICO_ORIGIN: world.portal.origin,
      PORTICO_BASE_PATH: testBasePath,
    },
  );
  expect(made.code, made.err).toBe(0);
  token = (JSON.parse(made.out) as { secret: string }).secret;
  for (const proxy of proxies) {
    const headers = { authorization: `Bearer ${token}` };
    const me = await ask(proxy, at("/api/v1/vms/none"), { host: host(), headers });
    expect(JSON.parse(me.body), proxy.name).toMatchObject({
      status: 404,
      type: at("/problems/not_found"),
    });
    expect(await ask(proxy, at("/api/healthz"), { host: host() })).toMatchObject({ status: 200 });
    expect((await ask(proxy, "/api/healthz", { host: host() })).status, proxy.name).toBe(404);
  }
  // The same content would be refused.
  const iso = join(dir, "again.iso");
  await copyFile(await ensureGuestIso(), iso);
  await appendFile(iso, Buffer.alloc(2_048));
  for (const words of [
    ["image", "upload", iso],
    ["vm", "stop", "web", "--force"],
    ["vm", "export", "web", "--out", join(dir, "web.ova")],
  ]) {
    const ran = await command(...words);
    expect(ran.code, `${words.join(" ")}: ${ran.err}`).toBe(0);
  }
  expect((await stat(join(dir, "web.ova"))).size).toBeGreaterThan(10_000);
  expect((await command("image", "ls", "--json")).out).toContain("again.iso");
});

test("a download, and the way out and back in", async () => {
  await page.goto("admin/audit");
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  expect(await readFile(await (await coming).path(), "utf8")).toContain("vm.create");

  await page.evaluate(() => {
    localStorage.setItem("portico.keyCombos", "[]");
    localStorage.setItem("wiki.draft", "a neighbour's");
  });
  await page.getByRole("button", { name: /Account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await isSignedOut(page);
  expect((await cookies()).map(({ name }) => name)).not.toContain("__Secure-portico-session");
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(["wiki.draft"]);
  await page.goto("p/default/vms?state=off");
  await expect(page).toHaveURL(/\/cloud\/sign-in\?callbackUrl=%2Fp%2Fdefault/);
  await page.getByLabel("Email").fill(admin.email);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`**${at("/p/default/vms?state=off")}`);
});

test("by the provider, there and back", async ({ browser }) => {
  const ada = { email: "ada@example.org", email_verified: true, name: "Ada", groups: ["web"] };
  provider.people.set("ada", ada);
  const other = await newPage(browser);
  await other.goto("sign-in?callbackUrl=%2Faccount");
  await other.getByRole("button", { name: "Sign in with Example ID" }).click();
  await other.getByLabel("Subject").fill("ada");
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.waitForURL(`**${at("/account")}`);
  await expect(other.getByRole("button", { name: "Account of Ada" })).toBeVisible();
  await other.context().close();
});

test("beside the path nothing answers, and no page has asked there", async () => {
  const portal = `http://127.0.0.1:${world.portal.port}`;
  for (const path of ["/", "/sign-in", "/console", "/api/healthz", "/clouds", "/favicon.ico"]) {
    const answer = await fetch(portal + path, { redirect: "manual" });
    expect(answer.status, path).toBe(404);
    expect(await answer.text(), path).toBe("Not Found");
  }
  const page404 = await fetch(`${portal}${at("/sign-in")}`);
  expect(page404.status).toBe(200);
  // It would speak for the neighbours, too.
  expect(page404.headers.get("strict-transport-security")).toBeNull();
  expect(strayed).toEqual([]);
});
