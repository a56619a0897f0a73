import { expect, type Page, test } from "@playwright/test";
import { messageRules } from "@/lib/websockify/rfb-messages";
import { ensureGuestIso } from "./guest/guest-iso";
import { axeFindings } from "./helpers/axe";
import { waitForConsole } from "./helpers/console-page";
import { eventually } from "./helpers/eventually";
import { createVm, setUp, uploadIso } from "./helpers/flows";
import { guestIsUp, inGuest } from "./helpers/oracle";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let world: World;
let page: Page;
let domain: string;
let consolePath: string;

const item = (from: Page, name: string) => from.getByRole("menuitemradio", { name });

async function openView(from: Page): Promise<void> {
  await from.getByRole("button", { name: "View", exact: true }).click();
}

/** The size that the guest's driver would like best: what the device has told it. */
async function guestSize(): Promise<{ width: number; height: number }> {
  const modes = await inGuest(world.host, domain, [
    "/bin/sh",
    "-c",
    "head -n 1 /sys/class/drm/card0-Virtual-1/modes",
  ]);
  const [width = 0, height = 0] = modes.trim().split("x").map(Number);
  return { width, height };
}

/** The guest's screen is as large as its place on the page; a mode's width is a multiple of 8. */
async function fits(from: Page): Promise<void> {
  await eventually("the guest's screen to be as large as its place", async () => {
    const place = await from.getByTestId("console-screen").boundingBox();
    const { width, height } = await guestSize();
    expect(Math.abs(width - (place?.width ?? 0))).toBeLessThan(8);
    expect(Math.abs(height - (place?.height ?? 0))).toBeLessThan(2);
  });
}

test.beforeAll(async ({ browser }) => {
  world = await startWorld("view");
  const context = await browser.newContext({ baseURL: world.portal.origin });
  page = await context.newPage();
  await setUp(page, world.portal);
  await uploadIso(page, await ensureGuestIso("graphics"));
  const vmId = await createVm(page, { name: "web", memoryMib: 256 });
  domain = `p-${vmId}`;
  consolePath = new URL(page.url()).pathname;
  await guestIsUp(world.host, domain);
  await waitForConsole(page, "connected");
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

test("the guest's screen follows the window once it is asked to, also after a reload", async () => {
  const before = await guestSize();
  await page.setViewportSize({ width: 1210, height: 790 });
  await openView(page);
  expect(await axeFindings(page)).toEqual([]);
  expect(await guestSize()).toEqual(before);
  await item(page, "Resize the guest's screen").click();
  await fits(page);

  await page.setViewportSize({ width: 1020, height: 700 });
  await fits(page);
  await page.reload();
  await waitForConsole(page, "connected");
  await page.setViewportSize({ width: 1110, height: 750 });
  await fits(page);
});

test("who comes second does not change what the first one sees, until he has the keyboard", async () => {
  const other = await page.context().newPage();
  await other.setViewportSize({ width: 900, height: 650 });
  await other.goto(consolePath);
  await waitForConsole(other, "connected");
  await openView(other);
  await expect(item(other, "Resize the guest's screen")).toBeDisabled();
  await expect(item(other, "Resize the guest's screen")).toHaveAccessibleDescription(
    /follows the window of Ada Min/,
  );
  await other.keyboard.press("Escape");
  await fits(page);

  await other.getByRole("button", { name: "2 consoles are open" }).click();
  await item(other, "Only you").click();
  await fits(other);
  await other.close();
  await eventually("the first one's size again", () => fits(page));
});

/** Bytes until the console has its first picture. */
async function bytesToPicture(choice: string): Promise<number> {
  await openView(page);
  await item(page, choice).click();
  const counts = countBytes();
  await page.reload();
  await waitForConsole(page, "connected");
  return counts.received;
}

/** What the page's next WebSockets carry, and which compression was asked for first and last. */
function countBytes(): { received: number; first: number | null; compression: number } {
  const counts = { received: 0, first: null as number | null, compression: -1 };
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      counts.received += payload.length;
    });
    socket.on("framesent", ({ payload }) => {
      counts.compression = askedCompression(Buffer.from(payload)) ?? counts.compression;
      if (counts.compression >= 0) counts.first ??= counts.compression;
    });
  });
  return counts;
}

/** What the page's next console says first: the messages of each WebSocket message, by their type. */
function firstSaid(): number[][] {
  const said: number[][] = [];
  page.once("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => {
      const bytes = Buffer.from(payload);
      if (bytes.length > 0) said.push(typesOf(bytes));
    });
  });
  return said;
}

function typesOf(bytes: Buffer): number[] {
  const types: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const rest = bytes.subarray(at);
    const type = rest.readUInt8(0);
    const rule = messageRules[type];
    if (rule === undefined) throw new Error(`RFB message of type ${type}`);
    types.push(type);
    at += rule.headerBytes + (rule.bodyBytes(rest) ?? 0);
  }
  return types;
}

test("the first picture is asked for by the portal, and not once more by the page", async () => {
  const said = firstSaid();
  await page.reload();
  await waitForConsole(page, "connected");
  const [pixelFormat, setEncodings, updateRequest] = [0, 2, 3];
  expect(said[0]).toEqual([setEncodings]);
  await eventually("the wish for what changes", async () =>
    expect(said.flat()).toContain(updateRequest),
  );
  expect(said.flat()).not.toContain(pixelFormat);
});

/** RFB's SetEncodings, and in it the numbers -256 to -247; null in any other message. */
function askedCompression(message: Buffer): number | null {
  if (message[0] !== 2 || message.length < 4) return null;
  if (message.length !== 4 + 4 * message.readUInt16BE(2)) return null;
  for (let at = 4; at < message.length; at += 4) {
    const level = message.readInt32BE(at) + 256;
    if (level >= 0 && level <= 9) return level;
  }
  return null;
}

test("a narrow connection gets a picture that is packed harder, and says how narrow it is", async () => {
  const counts = countBytes();
  await page.reload();
  await waitForConsole(page, "connected");
  // Nothing has been measured by then.
  expect(counts.first).toBe(2);

  const guest = (command: string) => inGuest(world.host, domain, ["/bin/sh", "-c", command]);
  await guest(
    "(while :; do head -c 999 /dev/urandom | od -x; done) >/dev/tty1 2>&1 & echo $! >/tmp/busy",
  );
  const browser = await page.context().newCDPSession(page);
  const limits = { offline: false, latency: 0, uploadThroughput: -1 };
  await browser.send("Network.emulateNetworkConditions", {
    ...limits,
    downloadThroughput: 24 * 1024,
  });
  await eventually("more compression", async () => expect(counts.compression).toBeGreaterThan(5));
  await openView(page);
  await expect(item(page, "Automatic")).toHaveAccessibleDescription(/^[\d.]+ KiB\/s, \d+ ms$/);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("Escape");

  await browser.send("Network.emulateNetworkConditions", { ...limits, downloadThroughput: -1 });
  await eventually("less compression again", async () =>
    expect(counts.compression).toBeLessThan(9),
  );
  await guest("kill $(cat /tmp/busy)");
  const best = await bytesToPicture("Best");
  expect(await bytesToPicture("Least data")).toBeLessThan(0.8 * best);
  expect(counts.compression).toBe(9);
});

test("what it starts from is seen and changed beside the screen", async () => {
  const menu = (name: string) => page.getByRole("menuitem", { name });
  const open = () => page.getByRole("button", { name: "What it starts from" }).click();
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Eject" }).click();
  await open();
  await expect(menu("Boot order…")).toHaveAccessibleDescription(/^Disk vda → .* sda$/);
  await menu("Insert an ISO…").click();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByLabel("ISO to insert").selectOption({ index: 1 });
  await dialog.getByRole("button", { name: "Insert", exact: true }).click();
  await expect(dialog).toBeHidden();
  expect(await world.host.virsh(["domblklist", domain])).toMatch(/sda +\S+\.iso/);

  await open();
  await expect(menu("Insert an ISO…")).toHaveAccessibleDescription(/^In the drive: guest-/);
  await menu("Boot order…").click();
  await dialog.getByRole("button", { name: "Move sda up" }).click();
  await dialog.getByRole("button", { name: "Set the order" }).click();
  await expect(dialog).toBeHidden();
  const next = await world.host.virsh(["dumpxml", domain, "--inactive"]);
  const drive = next.split("</disk>").find((each) => each.includes("<target dev='sda'"));
  expect(drive).toContain("<boot order='1'/>");
});

test("other graphics are chosen on the hardware page, for the next start, and take no size", async () => {
  const hardware = consolePath.replace(/console$/, "hardware");
  await page.goto(hardware);
  const card = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "Graphics", exact: true }) });
  await card.getByLabel("Device", { exact: true }).selectOption("vga");
  await expect(card.getByText("It runs: this holds from its next start on")).toBeVisible();
  await card.getByRole("button", { name: "Save" }).click();
  await expect(card.getByText("The running guest has: virtio.")).toBeVisible();
  const modelOf = async (...which: string[]) =>
    (await world.host.virsh(["dumpxml", domain, ...which])).match(/<model type='(vga|virtio)' v?/g);
  expect((await modelOf("--inactive"))?.join()).toContain("'vga'");

  await world.host.virsh(["destroy", domain]);
  await world.host.virsh(["start", domain]);
  await page.goto(consolePath);
  await waitForConsole(page, "connected");
  await openView(page);
  const resize = item(page, "Resize the guest's screen");
  await expect(resize).toBeDisabled();
  await expect(resize).toHaveAccessibleDescription(/\(VGA\) take no size from here/);
});
