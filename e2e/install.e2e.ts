import { createHash, createHmac } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { ensureGuestIso } from "./guest/guest-iso";
import { axeFindings } from "./helpers/axe";
import { typeIntoConsole, waitForConsole, waitForPixels } from "./helpers/console-page";
import { eventually } from "./helpers/eventually";
import { createVm, imageIsReady, setUp } from "./helpers/flows";
import { type HookReceiver, startHookReceiver } from "./helpers/hook-receiver";
import {
  balloonKib,
  domainState,
  fsStatus,
  guestIsUp,
  inGuest,
  onlyDomain,
  vcpuCount,
  volumes,
} from "./helpers/oracle";
import { addWatch } from "./helpers/watches";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let world: World;
let hook: HookReceiver;
let page: Page;
let iso: string;
let vmId: string;
let domain: string;

test.beforeAll(async ({ browser }) => {
  iso = await ensureGuestIso();
  hook = await startHookReceiver();
  world = await startWorld("install", { PORTICO_WEBHOOK_NETWORKS: "127.0.0.1" });
  const context = await browser.newContext({ baseURL: world.portal.origin });
  page = await context.newPage();
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
  await hook?.stop();
});

test("the setup link makes the first account, once", async () => {
  const link = await world.portal.setupLink();
  await setUp(page, world.portal);
  const stranger = await page.context().browser()?.newContext();
  const again = await stranger?.newPage();
  await again?.goto(link);
  await again?.getByText("This portal is set up").waitFor();
  await stranger?.close();
});

test("an upload survives a lost network and a closed page, and goes on where it was", async () => {
  const { network } = world.portal;
  await page.goto("/p/default/images");
  const sizeBytes = (await stat(iso)).size;
  network.limitUpload(Math.round(sizeBytes / 10));
  await page.locator('input[type="file"]').first().setInputFiles(iso);
  const bar = page.getByRole("progressbar", { name: /Upload of/ });
  const percent = async () => Number(await bar.getAttribute("value", { timeout: 5_000 }));
  await eventually("a tenth of the upload", async () => {
    expect(await percent()).toBeGreaterThan(10);
  });
  network.cut();
  await expect(page.getByText("connection lost, trying again…")).toBeVisible();
  network.restore();
  await eventually("a third of the upload, without a touch", async () => {
    expect(await percent()).toBeGreaterThan(33);
  });

  await page.reload();
  await expect(page.getByText(/are kept/)).toBeVisible();
  network.limitUpload(null);
  const resumed = page.waitForRequest((request) => request.method() === "PATCH", {
    timeout: 30_000,
  });
  await page.locator('input[type="file"]').first().setInputFiles(iso);
  expect(Number((await resumed).headers()["upload-offset"])).toBeGreaterThan(0);
  await imageIsReady(page);
  expect(network.uploaded()).toBeLessThan(1.5 * sizeBytes);
  const [volume] = await volumes(world.host, "portico-images");
  const stored = await world.host.inside(["sha256sum", await pathOf(volume ?? "")]);
  const own = createHash("sha256")
    .update(await readFile(iso))
    .digest("hex");
  expect(stored.split(" ")[0]).toBe(own);
});

async function pathOf(volume: string): Promise<string> {
  return (await world.host.virsh(["vol-path", "--pool", "portico-images", volume])).trim();
}

test("a VM is created and its installer is on the screen", async () => {
  vmId = await createVm(page, { name: "First guest", memoryModules: true });
  await waitForConsole(page, "connected", 120_000);
  await waitForPixels(page);
  domain = await onlyDomain(world.host);
  expect(domain).toBe(`p-${vmId}`);
  expect(await domainState(world.host, domain)).toBe("running");
});

test("the watcher answers the installer's questions by rules, and tells when the installed system is up", async () => {
  await guestIsUp(world.host, domain);
  await page.getByRole("button", { name: "Watch the screen" }).click();
  await addWatch(page, { name: "Confirms", text: "everything*type yes:", keys: "yes" });
  await addWatch(page, { name: "Names it", text: "Host name:", keys: "demo" });
  await addWatch(page, { name: "Installed", text: "demo login:", hook: hook.url });
  expect(await axeFindings(page)).toEqual([]);
  const dialog = page.getByRole("dialog");
  const secret = await dialog.locator("code").first().innerText();
  await dialog.getByRole("button", { name: "Close" }).click();

  await typeIntoConsole(page, "root\n");
  await typeIntoConsole(page, "g-install\n");
  await expect(page.getByText("First guest: Installed: demo login:")).toBeVisible({
    timeout: 240_000,
  });
  expect((await inGuest(world.host, domain, ["/bin/hostname"])).trim()).toBe("demo");
  // Only the system on the CD has the installer.
  expect((await inGuest(world.host, domain, ["/bin/ls", "/etc"])).split("\n")).not.toContain(
    "installer",
  );
  await eventually("the webhook's call", async () => expect(hook.calls).toHaveLength(1));
  const [call] = hook.calls;
  expect(JSON.parse(call?.body ?? "")).toMatchObject({ text: "demo login:", vm: { id: vmId } });
  const [, seconds = "", mac] = call?.signature.match(/^t=(\d+),v1=(\w+)$/) ?? [];
  const own = createHmac("sha256", secret).update(`${seconds}.${call?.body}`).digest("hex");
  expect(mac).toBe(own);
  await waitForConsole(page, "connected");
  await page.getByRole("button", { name: "Watch the screen" }).click();
  await expect(dialog.getByText("has fired")).toHaveCount(3);
  await expect(dialog.getByText("Webhook delivered: HTTP 204")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
});

test("the ISO is ejected", async () => {
  await page.goto(`/p/default/vms/${vmId}/hardware`);
  await page.getByRole("button", { name: "Eject" }).click();
  await expect(page.getByText("The drive is empty.").first()).toBeVisible();
  expect(await world.host.virsh(["domblklist", domain, "--inactive"])).toMatch(/sda\s+-/);
});

test("a vCPU is added and memory taken while the guest runs, as libvirt and the guest see it", async () => {
  await page.goto(`/p/default/vms/${vmId}/hardware`);
  await page.locator('input[name="vcpus"]').fill("2");
  await page.locator('input[name="memoryMib"]').fill("384");
  await expect(page.getByText("now", { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "Apply" }).click();
  await eventually("two vCPUs", async () => {
    expect(await vcpuCount(world.host, domain, "live")).toBe(2);
    expect(await vcpuCount(world.host, domain, "config")).toBe(2);
  });
  await eventually("a smaller balloon", async () => {
    expect(await balloonKib(world.host, domain)).toBe(384 * 1024);
  });
  await eventually("the guest's own figures", async () => {
    expect((await inGuest(world.host, domain, ["/bin/nproc"])).trim()).toBe("2");
    const memory = await inGuest(world.host, domain, ["/bin/cat", "/proc/meminfo"]);
    expect(Number(memory.match(/MemTotal:\s+(\d+)/)?.[1])).toBeLessThan(384 * 1024);
  });
  await page.goto(`/p/default/vms/${vmId}`);
  await expect(page.getByText("384 MiB").first()).toBeVisible();
});

test("memory beyond its ceiling is plugged in, and the guest takes it into use", async () => {
  await page.goto(`/p/default/vms/${vmId}/hardware`);
  await expect(page.getByLabel("Memory modules can be added while it runs")).toBeChecked();
  await page.locator('input[name="memoryMib"]').fill("1100");
  await expect(page.getByText("A memory module of 128 MiB is plugged")).toBeVisible();
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("The guest follows within seconds.")).toBeVisible();
  const live = await world.host.virsh(["dumpxml", domain]);
  expect(live).toMatch(/<memory model='dimm'>\s*<target>\s*<size unit='KiB'>131072</);
  const next = await world.host.virsh(["dumpxml", domain, "--inactive"]);
  expect(next).toContain(`<memory unit='KiB'>${1152 * 1024}</memory>`);
  expect(next).not.toContain("<memory model=");
  await eventually("every block of it in use", async () => {
    expect(await balloonKib(world.host, domain)).toBe(1100 * 1024);
    const ask = "cat /sys/devices/system/memory/memory*/online";
    const blocks = await inGuest(world.host, domain, ["/bin/sh", "-c", ask]);
    expect(blocks.trim().split("\n")).toEqual(Array(9).fill("1"));
  });
  // In one piece or in two: nothing waits for the next start.
  await page.goto(`/p/default/vms/${vmId}/definition`);
  await expect(page.getByRole("heading", { name: "Change the definition" })).toBeVisible();
  await expect(page.getByText("Waits for the next start")).toBeHidden();
});

test("a command typed on the serial port is answered there", async () => {
  await page.goto(`/p/default/vms/${vmId}/console`);
  await page.getByRole("link", { name: "Serial port" }).click();
  await serialIs("connected");
  const terminal = page.getByTestId("serial-terminal");
  await terminal.click();
  await page.keyboard.press("Enter");
  await expect(terminal).toContainText("demo login:");
  await page.keyboard.type("root\n");
  await expect(terminal).toContainText("#");
  await page.keyboard.type("echo $((6 * 7)) from $(hostname)\n");
  await expect(terminal).toContainText("42 from demo");
  await page.getByRole("button", { name: "Send a key" }).click();
  await page.getByRole("menuitem", { name: /^Tell the shell its size/ }).click();
  // Named, because the shell asks where the cursor is, and the answer may stand before the size.
  await page.keyboard.type("echo size=$(stty size | tr ' ' x).\n");
  await expect(terminal).toContainText(/size=(?!24x80\.|0x0\.)\d+x\d+\./);
});

test("another reader of the port is told of, and can be thrown out", async () => {
  const second = await page.context().newPage();
  await second.goto(page.url());
  await second.getByText("Somebody else has this serial port").waitFor();
  await second.getByRole("button", { name: "Take it over" }).click();
  await serialIs("connected", second);
  await serialIs("ended");
  await second.close();
  await page.getByRole("button", { name: "Try again" }).click();
  await serialIs("connected");
});

test("a VM's page shows its screen", async () => {
  await page.goto(`/p/default/vms/${vmId}`);
  const picture = page.getByRole("img", { name: /^What the screen of First guest shows/ });
  await expect(picture).toBeVisible();
  const widthPx = await picture.evaluate((img: HTMLImageElement) => img.naturalWidth);
  expect(widthPx).toBeGreaterThan(300);
  const path = `/p/default/vms/${vmId}/screenshot`;
  const first = await page.request.get(path);
  expect(first.headers()).toMatchObject({ "content-type": "image/png" });
  const etag = first.headers().etag ?? "";
  const again = await page.request.get(path, { headers: { "if-none-match": etag } });
  expect(again.status()).toBe(304);
});

test("the guest's file systems rest, and go on by themselves", async () => {
  await page.goto(`/p/default/vms/${vmId}/guest`);
  // Time to look at it on a busy machine.
  await page.getByLabel("Seconds").fill("10");
  await page.getByRole("button", { name: "Freeze", exact: true }).click();
  await expect(page.getByText("The guest's file systems are frozen")).toBeVisible();
  expect(await fsStatus(world.host, domain)).toBe("frozen");
  await eventually("the end of its time", async () =>
    expect(await fsStatus(world.host, domain)).toBe("thawed"),
  );
  await expect(page.getByText("The guest's file systems are frozen")).toBeHidden();
  await page.getByRole("button", { name: "Freeze", exact: true }).click();
  await page.getByRole("button", { name: "Thaw now" }).click();
  await expect(page.getByRole("button", { name: "Freeze", exact: true })).toBeVisible();
  expect(await fsStatus(world.host, domain)).toBe("thawed");
});

async function serialIs(phase: string, of = page): Promise<void> {
  await of.locator(`[data-testid="serial"][data-console-state="${phase}"]`).waitFor();
}

async function power(verb: string): Promise<void> {
  await page.getByRole("button", { name: "Power", exact: true }).click();
  await page.getByRole("menuitem", { name: verb, exact: true }).click();
}

test("suspend, resume, shut down, start: the same tab follows and reconnects", async () => {
  await page.goto(`/p/default/vms/${vmId}/console`);
  await waitForConsole(page, "connected");

  await power("Suspend");
  await eventually("paused", async () =>
    expect(await domainState(world.host, domain)).toBe("paused"),
  );
  await power("Resume");
  await eventually("running", async () =>
    expect(await domainState(world.host, domain)).toBe("running"),
  );

  const rebooted = world.host.virsh(["event", domain, "--event", "reboot", "--timeout", "120"]);
  await power("Reboot");
  expect(await rebooted).toContain("event 'reboot' for domain");
  await guestIsUp(world.host, domain);

  await power("Shut down");
  await eventually("shut off", async () =>
    expect(await domainState(world.host, domain)).toBe("shut off"),
  );
  await waitForConsole(page, "guest_off");
  await power("Start");
  await eventually("running again", async () =>
    expect(await domainState(world.host, domain)).toBe("running"),
  );
  await waitForConsole(page, "connected");
  await waitForPixels(page);
  await guestIsUp(world.host, domain);
  expect((await inGuest(world.host, domain, ["/bin/hostname"])).trim()).toBe("demo");
});

test("what virsh does shows in an open list without a reload", async () => {
  await page.goto("/p/default/vms");
  const row = page.getByRole("row", { name: /First guest/ });
  const says = (state: string) => row.getByText(state, { exact: true }).filter({ visible: true });
  await expect(says("running")).toBeVisible();
  await world.host.virsh(["suspend", domain]);
  await expect(says("paused")).toBeVisible();
  await world.host.virsh(["resume", domain]);
  await expect(says("running")).toBeVisible();
});

test("deleting the VM leaves nothing on the host", async () => {
  await page.goto(`/p/default/vms/${vmId}`);
  await page.getByRole("button", { name: "Delete VM…" }).click();
  const dialog = page.getByRole("dialog");
  const confirm = dialog.getByRole("button", { name: "Delete for good" });
  await dialog.getByLabel("Type the VM's name to confirm").fill("First guest");
  await confirm.click();
  await eventually("an empty host", async () => {
    expect((await world.host.virsh(["list", "--all", "--name"])).trim()).toBe("");
    expect(await volumes(world.host, "portico-disks")).toEqual([]);
  });
  await page.goto("/p/default/vms");
  await expect(page.getByText("First guest")).toHaveCount(0);
});
