import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { admin, isSignedOut, setUp } from "./helpers/flows";
import { type OidcTestProvider, startOidcProvider } from "./helpers/oidc-provider";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

const ada = {
  email: "ada@example.org",
  email_verified: true,
  name: "Ada Lovelace",
  groups: ["web"],
};

let provider: OidcTestProvider;
let world: World;
let dir: string;
/** The administrator, who has a password. */
let own: Page;

test.beforeAll(async ({ browser }) => {
  provider = await startOidcProvider();
  dir = await mkdtemp(join(tmpdir(), "portico-oidc-"));
  const secretFile = join(dir, "secret");
  await writeFile(secretFile, `${provider.clientSecret}\n`, { mode: 0o600 });
  world = await startWorld("oidc", {
    PORTICO_OIDC_ISSUER: provider.issuer,
    PORTICO_OIDC_CLIENT_ID: provider.clientId,
    PORTICO_OIDC_CLIENT_SECRET_FILE: secretFile,
    PORTICO_OIDC_NAME: "Example ID",
    PORTICO_OIDC_ROLES: '{"web":"default:viewer"}',
    PORTICO_OIDC_SIGN_UP: "true",
  });
  provider.trust(world.portal.origin);
  own = await newPage(browser);
  await setUp(own, world.portal);
});

test.afterAll(async () => {
  await own?.context().close();
  await world?.stop();
  await provider?.stop();
  if (dir) await rm(dir, { recursive: true, force: true });
});

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: world.portal.origin });
  return context.newPage();
}

/** Presses the portal's button and signs in at the provider. */
async function signInBy(page: Page, button: string, subject: string): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  await page.getByLabel("Subject").fill(subject);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Signs in by OIDC in a browser of its own. */
async function visit(browser: Browser, subject: string): Promise<Page> {
  const page = await newPage(browser);
  await page.goto("/sign-in");
  await signInBy(page, "Sign in with Example ID", subject);
  return page;
}

/** What the administrator sees of a person in the list. */
async function listed(name: string) {
  await own.goto("/admin/users");
  return own.getByRole("table", { name: "Users" }).getByRole("row", { name });
}

async function expectRefused(page: Page): Promise<void> {
  await expect(page.getByText("Example ID knows you, this portal does not")).toBeVisible();
  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in\?/);
  await page.context().close();
}

test("the button leads to the provider and back, signed in, with the role of the group", async ({
  browser,
}) => {
  provider.people.set("ada", ada);
  const page = await visit(browser, "ada");
  await page.waitForURL("**/p/default");
  await expect(await listed("Ada Lovelace")).toContainText("viewer");
  await page.getByRole("button", { name: "Account of Ada Lovelace" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await isSignedOut(page);
  await page.goto("/p/default");
  await expect(page).toHaveURL(/\/sign-in\?/);
  await page.context().close();
});

test("the role is gone at the next sign-in after the group has", async ({ browser }) => {
  provider.people.set("ada", { ...ada, groups: [] });
  const page = await visit(browser, "ada");
  await expect(page.getByText("Ask an administrator to make you a member")).toBeVisible();
  await page.goto("/p/default");
  await expect(page.getByText("There is nothing here").first()).toBeVisible();
  await expect(await listed("Ada Lovelace")).not.toContainText("viewer");
  await page.context().close();
});

test("an answer that nobody asked for signs nobody in", async ({ browser }) => {
  const page = await newPage(browser);
  await page.goto("/api/auth/callback/oidc?code=stolen&state=made-up");
  await expect(page.getByText("Signing in with Example ID did not work")).toBeVisible();
  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in\?/);
  await page.context().close();
});

test("somebody else with the administrator's address does not get the account", async ({
  browser,
}) => {
  for (const email_verified of [false, true]) {
    provider.people.set("mallory", { ...ada, email: admin.email, email_verified });
    await expectRefused(await visit(browser, "mallory"));
  }
  await expect(await listed(admin.name)).toHaveCount(1);
});

test("a disabled account stays out", async ({ browser }) => {
  await (await listed("Ada Lovelace")).getByRole("link", { name: "Ada Lovelace" }).click();
  await own.getByRole("button", { name: "Disable the account" }).click();
  await own.getByRole("dialog").getByRole("button", { name: "Disable the account" }).click();
  await expect(own.getByText("disabled", { exact: true })).toBeVisible();
  await expectRefused(await visit(browser, "ada"));
});

test("who is signed in links the account, and comes back by the button alone", async ({
  browser,
}) => {
  provider.people.set("root", { ...ada, email: "elsewhere@example.org", name: "Root", groups: [] });
  await own.goto("/account");
  await signInBy(own, "Link with Example ID", "root");
  await expect(own.getByText("Your account is linked.")).toBeVisible();
  const page = await visit(browser, "root");
  await page.waitForURL("**/p/default");
  await page.goto("/account");
  await expect(page.getByLabel("Your name")).toHaveValue(admin.name);
  await page.context().close();
});
