import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { createVm, setUp } from "./helpers/flows";
import { domainState, onlyDomain } from "./helpers/oracle";
import { type Portal, startPortal } from "./helpers/portal";
import { failKvmTry, standInForKvm } from "./host/kvm-stand-in";
import { type PrivateHost, startPrivateHost } from "./host/private-host";

test.describe.configure({ mode: "serial" });

let dir: string;
let host: PrivateHost;
let portal: Portal;
let page: Page;
const env = { PORTICO_VIRT_TYPE: "auto" };

test.beforeAll(async ({ browser }) => {
  dir = await mkdtemp(join(tmpdir(), "portico-kvm-portal-"));
  host = await startPrivateHost({ name: "kvm" });
  await standInForKvm(host);
  portal = await startPortal({
    dir,
    libvirtUri: host.uri,
    consoleDir: host.consoleDir,
    env,
    command: host.withItsFiles,
  });
  page = await (await browser.newContext({ baseURL: portal.origin })).newPage();
  await setUp(page, portal);
});

test.afterAll(async () => {
  await page?.context().close();
  await portal?.stop();
  await host?.stop();
  await rm(dir, { recursive: true, force: true });
});

const used = () => page.getByText("Guests run with", { exact: true }).locator("..");
const health = (title: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: title }) });

/** What npm run doctor prints on the host. */
async function doctor(setting: string): Promise<string> {
  const settings = [
    `PORTICO_DATA=${portal.dataDir}`,
    `PORTICO_CONSOLE_DIR=${host.consoleDir}`,
    `PORTICO_LIBVIRT_URI=${host.uri}`,
    `PORTICO_VIRT_TYPE=${setting}`,
  ];
  const script = join(process.cwd(), "scripts/doctor.mjs");
  // Its exit code is about the whole machine, of which the stand-in is a part only.
  const argv = ["env", ...settings, "sh", "-c", '"$@" || true', "sh", process.execPath, script];
  return host.inside(argv);
}

/** Asks for a VM without an ISO; resolves to the type that libvirt runs it as. */
async function newGuestType(name: string): Promise<string | undefined> {
  await createVm(page, { name, memoryMib: 64, iso: false });
  await expect(async () => {
    expect(await domainState(host, await onlyDomain(host))).toBe("running");
  }).toPass();
  const domain = await onlyDomain(host);
  const xml = await host.virsh(["dumpxml", domain]);
  await host.virsh(["destroy", domain]);
  await host.virsh(["undefine", domain]);
  return xml.match(/<domain type='(\w+)'/)?.[1];
}

/** Starts the portal again with the setting, until the page of hosts shows that it holds. */
async function restartWith(setting: "kvm" | "qemu"): Promise<void> {
  await portal.kill("SIGTERM");
  env.PORTICO_VIRT_TYPE = setting;
  await portal.start();
  await page.goto("/admin/hosts");
  await expect(async () => {
    await page.reload();
    await expect(used()).toContainText("chosen in the settings", { timeout: 1_000 });
  }).toPass();
}

test("a KVM that works is found, said and used", async () => {
  await page.goto("/admin/hosts");
  await expect(async () => {
    await page.reload();
    await expect(used()).toContainText("KVM", { timeout: 1_000 });
  }).toPass();
  await expect(used()).toContainText("tried, and it works");
  await page.goto("/admin/health");
  await expect(health("KVM").first()).toContainText(
    "works: a guest was started with it as libvirt-qemu",
  );
  expect(await doctor("auto")).toMatch(/✓ KVM: works: a guest was started with it as libvirt-qemu/);
  expect(await newGuestType("With KVM")).toBe("kvm");
});

test("PORTICO_VIRT_TYPE=qemu leaves a KVM that works alone", async () => {
  await restartWith("qemu");
  await expect(used()).toContainText("emulation (TCG)");
  await page.goto("/admin/health");
  await expect(health("KVM").first()).toContainText("is switched off by PORTICO_VIRT_TYPE=qemu");
  expect(await doctor("qemu")).toMatch(/✓ KVM: is switched off by PORTICO_VIRT_TYPE=qemu/);
  expect(await newGuestType("Without KVM")).toBe("qemu");
});

test("PORTICO_VIRT_TYPE=kvm takes KVM though the try of it fails, and the health page says so", async () => {
  await failKvmTry(host);
  await restartWith("kvm");
  await expect(used()).toContainText("KVM");
  await page.goto("/admin/health");
  await expect(health("KVM").first()).toContainText("PORTICO_VIRT_TYPE=kvm demands it");
  expect(await doctor("kvm")).toMatch(/✗ KVM: .*PORTICO_VIRT_TYPE=kvm demands it/);
  expect(await newGuestType("KVM by order")).toBe("kvm");
});
