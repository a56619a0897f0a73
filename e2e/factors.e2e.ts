import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { openDb } from "../lib/db/client";
import { axeFindings } from "./helpers/axe";
import { eventually } from "./helpers/eventually";
import { admin, isSignedOut, setUp } from "./helpers/flows";
import { addAuthenticator, type VirtualAuthenticator } from "./helpers/virtual-authenticator";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let world: World;
let page: Page;
let authenticator: VirtualAuthenticator;
let secret = "";
let recoveryCodes: string[] = [];

test.beforeAll(async ({ browser }) => {
  // Passkeys are for names, not for addresses: the portal goes by the host it is asked for.
  world = await startWorld("factors", { PORTICO_ORIGIN: "" });
  const baseURL = `http://localhost:${world.portal.network.port}`;
  const context = await browser.newContext({ baseURL, reducedMotion: "reduce" });
  page = await context.newPage();
  authenticator = await addAuthenticator(page);
  const setupLink = async () => {
    const { pathname, search } = new URL(await world.portal.setupLink());
    return `${pathname}${search}`;
  };
  await setUp(page, { setupLink });
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

/** What the authenticator app shows, now or some steps of 30 s from now. */
function code(steps = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return totp.generate({ timestamp: Date.now() + steps * 30_000 });
}

async function signOut(): Promise<void> {
  await page.getByRole("button", { name: /Account of/ }).click();
  const answer = page.waitForResponse("**/sign-out");
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  expect(await (await answer).headerValue("clear-site-data")).toBe('"cache", "storage"');
  await isSignedOut(page);
}

async function typePassword(): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(admin.email);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** As if every person had signed in long ago. */
async function forgetProof(): Promise<void> {
  const db = openDb(`file:${join(world.portal.dataDir, "portico.db")}`);
  await db.session.updateMany({ data: { provedAt: null } });
  await db.$disconnect();
}

async function keepRecoveryCodes(): Promise<string[]> {
  const dialog = page.getByRole("dialog", { name: "Keep these recovery codes" });
  await expect(dialog.getByRole("listitem")).toHaveCount(10);
  const codes = await dialog.getByRole("listitem").allTextContents();
  const download = page.waitForEvent("download");
  await dialog.getByRole("link", { name: "Download" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  for (const each of codes) expect(text).toContain(each);
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "I have kept them" }).click();
  await expect(dialog).toBeHidden();
  return codes;
}

test("an authenticator app is set up by its first code", async () => {
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Set up" }).click();
  const dialog = page.getByRole("dialog", { name: "Set up an authenticator app" });
  const qr = dialog.getByRole("img", { name: "QR code for the authenticator app" });
  await expect(qr).toBeVisible();
  expect(await qr.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  secret = (await dialog.getByText(/^([A-Z2-7]{4} ?){8}$/).innerText()).replace(/\s/g, "");
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByLabel("Code from the authenticator app").fill("000000");
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByText("This code is wrong")).toBeVisible();
  await dialog.getByLabel("Code from the authenticator app").fill(code());
  await dialog.getByRole("button", { name: "Turn on" }).click();
  recoveryCodes = await keepRecoveryCodes();
  await expect(page.getByText("10 left")).toBeVisible();
});

test("after the right password nothing is open before the code", async () => {
  await signOut();
  // The browser stays known, and shows nothing of what it had open.
  const kept = (await page.context().cookies()).map((each) => each.name);
  expect(kept).toContain("portico-device");
  expect(kept).not.toContain("portico-session");
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in(\?|$)/);
  await typePassword();
  await page.waitForURL("**/sign-in/verify**");
  expect(await axeFindings(page)).toEqual([]);
  for (const path of ["/", "/account/security", "/p/default/vms", "/admin/settings"]) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/sign-in(\?|$)/);
  }
  expect((await page.request.get("/api/events?projectId=x")).status()).toBe(401);
  await page.goto("/sign-in/verify?callbackUrl=%2Faccount%2Fsecurity");
  await page.getByLabel("Code from the authenticator app").fill("000000");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("This code is wrong")).toBeVisible();
  await page.getByLabel("Code from the authenticator app").fill(code(1));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/account/security");
});

test("a recovery code stands in for the phone, once", async () => {
  const [first = ""] = recoveryCodes;
  for (const works of [true, false]) {
    await signOut();
    await typePassword();
    await page.getByRole("button", { name: "Use a recovery code" }).click();
    await page.getByLabel("Recovery code").fill(first);
    await page.getByRole("button", { name: "Sign in" }).click();
    if (works) await page.waitForURL("**/p/default**");
    else await expect(page.getByText("This code is wrong")).toBeVisible();
    if (works) await page.goto("/account/security");
    if (works) await expect(page.getByText("9 left")).toBeVisible();
  }
  await page.getByLabel("Recovery code").fill(recoveryCodes[1] ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/p/default**");
});

test("a passkey is registered, renamed, and signs in after the password", async () => {
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a passkey" });
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByLabel("Name").fill("Lap");
  await dialog.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("button", { name: "Rename Lap" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Laptop");
  await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
  await expect(page.getByText("Laptop", { exact: true })).toBeVisible();
  expect(await authenticator.credentials()).toBe(1);
  await signOut();
  await typePassword();
  await page.waitForURL("**/sign-in/verify**");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL("**/p/default**");
});

test("a passkey signs in alone, unless it does not recognise its person", async () => {
  await signOut();
  await authenticator.verifies(false);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "passkey" })).toBeVisible();
  await authenticator.verifies(true);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL("**/p/default**");
});

test("an old session asks who it is before it makes recovery codes", async () => {
  await page.goto("/account/security");
  const copied = (await page.context().cookies()).find(({ name }) => name === "portico-session");
  const renew = page.getByRole("dialog", { name: "Make new recovery codes?" });
  const question = page.getByRole("dialog", { name: "Is it you?" });
  for (const by of ["nothing", "password", "passkey"] as const) {
    await forgetProof();
    await page.getByRole("button", { name: "Make new ones" }).click();
    await renew.getByRole("button", { name: "Make new ones" }).click();
    await expect(question.getByLabel("Code from the authenticator app")).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    if (by === "nothing") {
      await question.getByRole("button", { name: "Cancel" }).click();
      await expect(page.getByText("Not done: confirm first that it is you.")).toBeVisible();
      await page.reload();
      continue;
    }
    if (by === "passkey") {
      await question.getByRole("button", { name: "Use a passkey" }).click();
    } else {
      await question.getByRole("button", { name: "Use the password instead" }).click();
      await question.getByLabel("Password").fill("not the password");
      await question.getByRole("button", { name: "Confirm and go on" }).click();
      await expect(question.getByText("This is not your current password.")).toBeVisible();
      await question.getByLabel("Password").fill(admin.password);
      await question.getByRole("button", { name: "Confirm and go on" }).click();
    }
    await keepRecoveryCodes();
  }
  // Whoever has copied the cookie before has nothing any more, and the page goes on.
  await eventually("the end of the old cookie", async () => {
    const headers = { cookie: `portico-session=${copied?.value}` };
    const { status } = await fetch(new URL("/api/v1/whoami", page.url()), { headers });
    if (status !== 401) throw new Error(`${status}`);
  });
  await page.reload();
  await expect(page).toHaveURL(/account\/security/);
});

test("who lacks a required factor gets nowhere but to setting one up", async () => {
  await page.goto("/admin/settings");
  await page.getByLabel("Required of everyone").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. It holds from now on.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Remove Laptop" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Laptop", { exact: true })).toBeHidden();
  await page.getByRole("button", { name: "Turn off" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Turn off" }).click();
  await page.waitForURL("**/second-factor**");
  for (const path of ["/", "/p/default/vms", "/admin/settings", "/account/security"]) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/second-factor(\?|$)/);
  }
  expect((await page.request.get("/api/events?projectId=x")).status()).toBe(403);
  expect(await axeFindings(page)).toEqual([]);
  await page.goto("/p/default/networks");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Phone");
  await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
  await keepRecoveryCodes();
  await page.waitForURL("**/p/default/networks");
});
