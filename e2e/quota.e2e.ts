import { expect, type Page, test } from "@playwright/test";
import { axeFindings } from "./helpers/axe";
import { setUp } from "./helpers/flows";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let world: World;
let page: Page;
let admin: Page;
/** The page of a VM whose lease ends soon, open from then on. */
let leased: Page;

test.beforeAll(async ({ browser }) => {
  world = await startWorld("quota");
  const context = await browser.newContext({ baseURL: world.portal.origin });
  page = await context.newPage();
  await setUp(page, world.portal);
  admin = await context.newPage();
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

/** Sets limits of the project as an administrator does; an empty text is no limit of its own. */
async function setLimits(limits: Record<string, string>): Promise<void> {
  await admin.goto("/admin/projects/default");
  for (const [name, text] of Object.entries(limits)) {
    await admin.locator(`input[name="${name}"]`).fill(text);
  }
  await admin.getByRole("button", { name: "Save the limits" }).click();
  await expect(admin.getByText("The limits are in force.")).toBeVisible();
}

async function fillNewVm(name: string, vcpus: number): Promise<void> {
  await page.goto("/p/default/vms/new");
  await page.locator('input[name="name"]').fill(name);
  await page.locator('input[name="vcpus"]').fill(String(vcpus));
  await page.locator('input[name="memoryMib"]').fill("64");
  await page.locator('input[name="diskGib"]').fill("1");
}

const submit = () => page.getByRole("button", { name: "Create and open the console" });

test("quota is shown before submit, and the server refuses when the page did not know", async () => {
  await fillNewVm("too large", 2);
  await expect(page.getByText("2 of 512 vCPU after this")).toBeVisible();
  await expect(page.getByText("counts 128 MiB: 64 MiB and as much room to grow")).toBeVisible();

  await setLimits({ vcpus: "1" });
  await submit().click();
  await expect(page.getByRole("alert").filter({ hasText: "The VM was not created" })).toContainText(
    "The project may use 1 vCPUs; 0 are in use and 2 more were asked for.",
  );
  expect((await world.host.virsh(["list", "--all", "--name"])).trim()).toBe("");

  // The refusal has brought the present figures: now the page says it by itself.
  await expect(page.getByText("2 of 1 vCPU after this – too much")).toBeVisible();
  await expect(submit()).toHaveAttribute("aria-disabled", "true");
  await expect(submit()).toHaveAccessibleDescription("More than the project's quota allows: vCPU.");
  await expect(page.locator('input[name="vcpus"]')).toHaveAttribute("aria-invalid", "true");
  expect(await axeFindings(page)).toEqual([]);
  await page.locator('input[name="vcpus"]').fill("1");
  await expect(page.getByText("1 of 1 vCPU after this")).toBeVisible();
  await expect(submit()).not.toHaveAttribute("aria-disabled");
});

test("room to grow is left out when nobody wants it", async () => {
  await fillNewVm("small", 1);
  await page.getByLabel("Memory may grow while it runs").uncheck();
  await expect(page.getByText("64 MiB of 2 TiB memory after this")).toBeVisible();
  await submit().click();
  await page.waitForURL(/\/vms\/[a-z0-9]+\/console$/);
  await page.goto("/p/default/project/quota");
  const memory = page.locator("section").filter({ has: page.getByText("Memory", { exact: true }) });
  await expect(memory.getByText("64 MiB", { exact: true })).toBeVisible();
});

test("a lease is set on the VM's page", async () => {
  await setLimits({ leaseDays: "30" });
  leased = await page.context().newPage();
  await leased.goto("/p/default/vms");
  await leased.getByRole("link", { name: "small", exact: true }).click();
  await leased.locator('input[name="leaseDays"]').fill("1");
  await leased.getByRole("button", { name: "Set the end" }).click();
  await expect(leased.getByText(/^Ends on /)).toBeVisible();
});

test("a resize beyond the quota says why it cannot be", async () => {
  await page.goto("/p/default/vms");
  await page.getByRole("link", { name: "small", exact: true }).click();
  await page.getByRole("link", { name: "Hardware" }).click();
  const vcpus = page.locator('input[name="vcpus"]');
  await vcpus.fill("2");
  await expect(page.getByText("2 of 1 vCPU after this – too much")).toBeVisible();
  const apply = page.getByRole("button", { name: "Apply" });
  await expect(apply).toHaveAttribute("aria-disabled", "true");
  expect(await axeFindings(page)).toEqual([]);
});

test("a limit below what is used is said beforehand, and takes nothing away", async () => {
  await admin.goto("/admin/projects/default");
  await admin.locator('input[name="vms"]').fill("0");
  await expect(admin.getByText("Less than what is used")).toBeVisible();
  await expect(admin.getByText(/The project already uses more: VMs\./)).toBeVisible();
  expect(await axeFindings(admin)).toEqual([]);
  await setLimits({ vms: "0" });
  await page.goto("/p/default/project/quota");
  await expect(page.getByText("over the limit")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  expect((await world.host.virsh(["list", "--all", "--name"])).trim()).not.toBe("");
  await fillNewVm("one more", 1);
  await expect(page.getByText("2 of 0 VMs after this – too much")).toBeVisible();
  await expect(submit()).toHaveAttribute("aria-disabled", "true");
});

test("a lease that ends soon is said on the VM's page, and extended there", async () => {
  // The portal looks at leases once a minute.
  const banner = leased.getByRole("status").filter({ hasText: "The lease of this VM ends soon" });
  await expect(banner).toBeVisible({ timeout: 90_000 });
  expect(await axeFindings(leased)).toEqual([]);
  await banner.getByRole("button", { name: /^Extend to / }).click();
  await expect(banner).toBeHidden();
  await expect(leased.getByText(/^Ends on .*in \d+ (days|weeks|month)/)).toBeVisible();
});
