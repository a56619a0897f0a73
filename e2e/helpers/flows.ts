import { expect, type Page } from "@playwright/test";
import type { Portal } from "./portal";

export const admin = {
  email: "admin@example.org",
  name: "Ada Min",
  password: "correct horse battery staple",
};

/** Makes the first account by the setup link and ends in the project. */
export async function setUp(page: Page, portal: Pick<Portal, "setupLink">): Promise<void> {
  await page.goto(await portal.setupLink());
  await page.getByLabel("Email").fill(admin.email);
  await page.getByLabel("Your name").fill(admin.name);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Create the account and go on" }).click();
  await page.waitForURL("**/p/default");
}

/** Fills the sign-in page and submits it; where that leads is for the caller to see. */
export async function signIn(page: Page, password = admin.password): Promise<void> {
  await page.goto("sign-in");
  await page.getByLabel("Email").fill(admin.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** The browser has come to the sign-in page. */
export async function isSignedOut(page: Page, timeout = 20_000): Promise<void> {
  await expect(page).toHaveURL(/\/sign-in(\?|$)/, { timeout });
  await page.getByLabel("Email").waitFor();
}

/** Uploads an ISO into a project and waits until it can be used. */
export async function uploadIso(page: Page, file: string, project = "default"): Promise<void> {
  await page.goto(`p/${project}/images`);
  await page.locator('input[type="file"]').first().setInputFiles(file);
  await imageIsReady(page);
}

/** The first image of the list is checked, stored and ready. */
export async function imageIsReady(page: Page): Promise<void> {
  const ready = page.getByRole("table").getByText("ready", { exact: true });
  await expect(ready.filter({ visible: true })).toBeVisible({ timeout: 60_000 });
}

export interface NewVm {
  /** In the address of the project; "default" without it. */
  project?: string;
  name: string;
  vcpus?: number;
  memoryMib?: number;
  diskGib?: number;
  /** Off: an empty drive. A part of its name: that image, and not the first. */
  iso?: boolean | string;
  /** On: with places for memory modules. */
  memoryModules?: boolean;
}

/** Fills the create page and submits it; ends in the VM's console. Returns the VM's id. */
export async function createVm(page: Page, vm: NewVm): Promise<string> {
  await fillNewVm(page, vm);
  await page.getByRole("button", { name: "Create and open the console" }).click();
  await page.waitForURL(/\/vms\/[a-z0-9]+\/console$/);
  return new URL(page.url()).pathname.split("/").at(-2) ?? "";
}

/** Opens the create page and fills it. */
export async function fillNewVm(page: Page, vm: NewVm): Promise<void> {
  await page.goto(`p/${vm.project ?? "default"}/vms/new`);
  await page.locator('input[name="name"]').fill(vm.name);
  if (vm.iso !== false) await chooseIso(page, typeof vm.iso === "string" ? vm.iso : "");
  await page.locator('input[name="vcpus"]').fill(String(vm.vcpus ?? 1));
  await page.locator('input[name="memoryMib"]').fill(String(vm.memoryMib ?? 512));
  await page.locator('input[name="diskGib"]').fill(String(vm.diskGib ?? 1));
  if (vm.memoryModules) {
    await page.getByLabel("Memory modules can be added while it runs").check();
  }
}

async function chooseIso(page: Page, name: string): Promise<void> {
  const image = page.locator('select[name="imageId"]');
  const options = image.locator('option:not([value=""])').filter({ hasText: name });
  const first = await options.first().getAttribute("value");
  if (first === null) throw new Error("no image to choose");
  await image.selectOption(first);
}
