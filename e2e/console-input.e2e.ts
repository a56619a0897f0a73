import { expect, type Page, test } from "@playwright/test";
import { ensureGuestIso } from "./guest/guest-iso";
import { axeFindings } from "./helpers/axe";
import { waitForConsole } from "./helpers/console-page";
import { eventually } from "./helpers/eventually";
import { type Fingers, fingersOn } from "./helpers/fingers";
import { createVm, setUp, uploadIso } from "./helpers/flows";
import { guestIsUp, inGuest } from "./helpers/oracle";
import { followInput, type SentInput } from "./helpers/rfb-sent";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

const words = "Grüße an 王小明,\nzweite Zeile\twith a tab 🐧";
/** 64 KiB in UTF-8, in three ways of writing. */
const long = "Zeile mit Umlauten: äöüß, 中文字符\n".repeat(1500).slice(0, 48_000);

let world: World;
let page: Page;
let vmId: string;
let domain: string;

const dialog = () => page.getByRole("dialog");
const sh = (command: string) => inGuest(world.host, domain, ["/bin/sh", "-c", command]);
const guestHas = () => inGuest(world.host, domain, ["/bin/cat", "/tmp/clipboard"]);
const openDialog = () => page.getByRole("button", { name: "Clipboard", exact: true }).click();
const closeDialog = () => dialog().getByRole("button", { name: "Close" }).last().click();
const own = () => page.evaluate(() => navigator.clipboard.readText());

/** Puts a text on the guest's clipboard, as a program in it does. */
async function copyInGuest(text: string): Promise<void> {
  const coded = Buffer.from(text).toString("base64");
  await sh(": >/tmp/text.64");
  for (let at = 0; at < coded.length; at += 30_000) {
    await sh(`echo ${coded.slice(at, at + 30_000)} >>/tmp/text.64`);
  }
  await sh("base64 -d /tmp/text.64 | clipboard-agent copy");
}

test.beforeAll(async ({ browser }) => {
  world = await startWorld("clip");
  const context = await browser.newContext({ baseURL: world.portal.origin });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  page = await context.newPage();
  await setUp(page, world.portal);
  await uploadIso(page, await ensureGuestIso());
  vmId = await createVm(page, { name: "web", memoryMib: 256 });
  domain = `p-${vmId}`;
  await waitForConsole(page, "connected");
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

test("a VM shares no clipboard until it is told to, and says so", async () => {
  await openDialog();
  await expect(dialog().getByText("This VM does not share its clipboard")).toBeVisible();
  await expect(dialog().getByText("QEMU before version 10.1")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await dialog().getByRole("button", { name: "Turn on for the next start" }).click();
  await expect(dialog().getByText("It is on from the next start on")).toBeVisible();
  expect(await world.host.virsh(["dumpxml", domain])).not.toContain("qemu-vdagent");
  const next = await world.host.virsh(["dumpxml", "--inactive", domain]);
  expect(next).toMatch(/<channel type='qemu-vdagent'>\s*<source>\s*<clipboard copypaste='yes'\/>/);
  await closeDialog();

  await world.host.virsh(["destroy", domain]);
  await world.host.virsh(["start", domain]);
  await guestIsUp(world.host, domain);
  await waitForConsole(page, "connected");
  await openDialog();
  await expect(dialog().getByText("but nothing in the guest takes part")).toBeVisible();
  await sh("clipboard-agent </dev/null >/tmp/clipboard.log 2>&1 &");
  await expect(dialog().getByText("an agent in the guest takes part")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
});

test("texts go both ways by the dialog", async () => {
  await dialog().getByLabel("Text for the guest").fill(words);
  await dialog().getByRole("button", { name: "Send to the guest" }).click();
  await eventually("the guest's clipboard", async () => expect(await guestHas()).toBe(words));
  await copyInGuest(`${words} zurück`);
  await expect(dialog().getByTestId("from-guest")).toHaveText(`${words} zurück`);
  await closeDialog();
});

test("what is copied on either side is on the other, to 64 KiB", async () => {
  await copyInGuest("aus dem Gast: 你好");
  await eventually("the browser's clipboard", async () =>
    expect(await own()).toBe("aus dem Gast: 你好"),
  );
  await page.evaluate((text) => navigator.clipboard.writeText(text), "copied here: ñ");
  await page.getByRole("button", { name: "Ctrl-Alt-Del" }).focus();
  await page.getByTestId("console-screen").click();
  await eventually("the guest's", async () => expect(await guestHas()).toBe("copied here: ñ"));

  await copyInGuest(long);
  await eventually("all of it", async () => expect(await own()).toBe(long));
  await page.evaluate((text) => navigator.clipboard.writeText(text), `${long}!`);
  await page.getByRole("button", { name: "Ctrl-Alt-Del" }).focus();
  await page.getByTestId("console-screen").click();
  await eventually("all of it, back", async () => expect(await guestHas()).toBe(`${long}!`));
});

test("memory that QEMU cannot write is refused before anything is done, and disks are not", async () => {
  await page.getByRole("link", { name: "Snapshots" }).click();
  await page.getByRole("button", { name: "Take a snapshot" }).first().click();
  await expect(dialog().getByText("This VM shares its clipboard")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await dialog().getByLabel("Name").fill("disks");
  await dialog().getByRole("button", { name: "Take the snapshot" }).click();
  await expect(page.getByRole("row").filter({ hasText: "disks" })).toContainText("you are here");
  expect(await world.host.virsh(["snapshot-dumpxml", domain, "disks"])).toContain(
    "<memory snapshot='no'/>",
  );

  await page.getByRole("button", { name: "Power" }).first().click();
  await page.getByRole("menuitem", { name: "Save and stop" }).click();
  await dialog().getByRole("button", { name: "Save and stop" }).click();
  await expect(page.getByText("cannot save the memory of one that does")).toBeVisible();
  expect(await world.host.virsh(["domstate", domain])).toContain("running");
});

test("it is turned off again on the page Hardware", async () => {
  await page.getByRole("link", { name: "Hardware" }).click();
  const card = page
    .locator("section")
    .filter({
      has: page.getByRole("heading", { name: "Clipboard with the guest" }),
    })
    .last();
  await card.getByRole("button", { name: "Turn off" }).click();
  await expect(card.getByText("It still runs with it")).toBeVisible();
  const next = await world.host.virsh(["dumpxml", "--inactive", domain]);
  expect(next).not.toContain("qemu-vdagent");
});

test.describe("on a phone", () => {
  let phone: Page;
  let fingers: Fingers;
  let sent: SentInput[];

  type Spot = { x: number; y: number };
  const canvas = () => phone.getByTestId("console-screen").locator("canvas");
  const padButton = () => phone.getByRole("button", { name: "Touchpad: fingers move the pointer" });
  async function box() {
    const found = await canvas().boundingBox();
    if (found === null) throw new Error("there is no picture");
    return found;
  }
  /** All input since the last time, once there is some that fits. */
  async function since(what: string, fits: (masks: number[]) => boolean): Promise<SentInput[]> {
    await eventually(what, async () => {
      if (!fits(masksOf(sent))) throw new Error(JSON.stringify(sent.slice(-8)));
    });
    return sent.splice(0);
  }
  const masksOf = (input: SentInput[]) =>
    input.flatMap((each) => (each.type === "pointer" ? [each.buttons] : []));
  /** This button went down and all are up again. */
  const clicked = (button: number) => (masks: number[]) =>
    masks.includes(button) && masks.at(-1) === 0;

  /** Where a point of the page is on the guest's screen. */
  async function onGuest({ x, y }: Spot): Promise<Spot> {
    const { x: left, y: top, width, height } = await box();
    const size = await canvas().evaluate((of: HTMLCanvasElement) => ({
      x: of.width,
      y: of.height,
    }));
    return { x: ((x - left) / width) * size.x, y: ((y - top) / height) * size.y };
  }
  /** The left button went down first at this place of the guest's screen. */
  function pressedAt(input: SentInput[], at: Spot): void {
    const press = input.find((each) => each.type === "pointer" && each.buttons === 1);
    if (press?.type !== "pointer") throw new Error(`no press: ${JSON.stringify(input)}`);
    near(press, at);
  }
  function near(one: Spot, other: Spot): void {
    expect(Math.abs(one.x - other.x)).toBeLessThanOrEqual(3);
    expect(Math.abs(one.y - other.y)).toBeLessThanOrEqual(3);
  }

  test.beforeAll(async ({ browser }) => {
    const context = await browser.newContext({
      baseURL: world.portal.origin,
      storageState: await page.context().storageState({ indexedDB: false }),
      viewport: { width: 390, height: 780 },
      hasTouch: true,
    });
    phone = await context.newPage();
    fingers = await fingersOn(phone);
    sent = followInput(phone);
    await phone.goto(`/p/default/vms/${vmId}/console?alone=1`);
    await waitForConsole(phone, "connected");
  });

  test.afterAll(async () => {
    await phone?.context().close();
  });

  test("what fingers do is shown the first time, and when asked for", async () => {
    const hint = phone.getByRole("complementary", { name: "On the screen" });
    await expect(hint.getByText("enlarge the picture", { exact: true })).toBeVisible();
    expect(await axeFindings(phone)).toEqual([]);
    await hint.getByRole("button", { name: "Got it" }).click();
    await expect(hint).toBeHidden();
    await phone.reload();
    await waitForConsole(phone, "connected");
    await expect(hint).toBeHidden();
    await phone.getByRole("button", { name: "What fingers do" }).click();
    await expect(hint).toBeVisible();
    await phone.getByRole("button", { name: "What fingers do" }).click();
    await expect(hint).toBeHidden();

    // Whole, too, where the VM's head and the host's notice leave the screen least room.
    const alone = phone.url();
    await phone.goto(alone.replace("?alone=1", ""));
    await waitForConsole(phone, "connected");
    await phone.getByRole("button", { name: "What fingers do" }).click();
    for (const part of [
      hint.getByRole("button", { name: "Got it" }),
      hint.getByText("For small targets"),
    ]) {
      await expect(part).toBeInViewport({ ratio: 0.95 });
    }
    await phone.goto(alone);
    await waitForConsole(phone, "connected");
  });

  test("a pinch enlarges the picture, two fingers move it; the guest hears of neither", async () => {
    const whole = await box();
    const [x, y] = [whole.x + whole.width / 4, whole.y + whole.height / 2];
    const aim = await onGuest({ x, y });
    await fingers.one([x, y]);
    pressedAt(await since("a click", clicked(1)), aim);

    await fingers.pinch([x, y], 20, 40, 60, 80);
    await eventually("a larger picture", async () => {
      expect((await box()).width).toBeGreaterThan(whole.width * 1.3);
    });
    near(await onGuest({ x, y }), aim);
    const large = await box();
    await fingers.pair([x, y], [x - 20, y], [x - 70, y], [x - 90, y]);
    await eventually("a moved picture", async () => expect((await box()).x).toBeLessThan(large.x));
    expect(sent).toEqual([]);
    const there = await onGuest({ x, y });
    expect(there.x).toBeGreaterThan(aim.x);
    await fingers.one([x, y]);
    pressedAt(await since("another click", clicked(1)), there);

    await fingers.pinch([x, y], 90, 60, 40, 25, 15);
    await eventually("the whole picture", async () => expect(await box()).toEqual(whole));
    expect(sent).toEqual([]);
    await fingers.pair([x, y], [x, y - 40], [x, y - 140], [x, y - 160]);
    await since("the wheel", (masks) => masks.includes(0x10));
  });

  test("as a touchpad, fingers move the pointer by what they move, and click where it is", async () => {
    await padButton().click();
    const whole = await box();
    const middle = await onGuest({ x: whole.x + whole.width / 2, y: whole.y + whole.height / 2 });
    // Beside and below the picture's middle, from which the pointer goes.
    const y = whole.y + whole.height + 60;
    sent.length = 0;
    await fingers.one([40, y], [52, y], [64, y], [76, y]);
    const moved = await since("the pointer", (masks) => masks.length > 1);
    expect(masksOf(moved).every((each) => each === 0)).toBe(true);
    await fingers.one([300, y]);
    const click = await since("a click", clicked(1));
    const at = click.find((each) => each.type === "pointer" && each.buttons === 1);
    if (at?.type !== "pointer") throw new Error("no click");
    expect(at.x).toBeGreaterThan(middle.x + 30);
    expect(Math.abs(at.y - middle.y)).toBeLessThanOrEqual(3);

    await fingers.one([40, y]);
    await fingers.one([40, y], [40, y + 20], [40, y + 40]);
    const dragged = await since("a click and a drag", (masks) =>
      /1,(0,)+1,(.*,)?0$/.test(masks.join()),
    );
    pressedAt(dragged, at);
    await fingers.pair([40, y]);
    await since("the right button", clicked(4));

    // The enlarged picture follows the pointer.
    await fingers.pinch([195, whole.y + whole.height / 2], 40, 60, 120, 180);
    await eventually("a larger picture", async () => {
      expect((await box()).width).toBeGreaterThan(whole.width * 2);
    });
    const before = await box();
    const way = Array.from({ length: 12 }, (_, step) => [20 + step * 30, y] as const);
    await fingers.one(...way);
    await eventually("the picture", async () => expect((await box()).x).toBeLessThan(before.x));

    await phone.reload();
    await waitForConsole(phone, "connected");
    await expect(padButton()).toHaveAttribute("aria-pressed", "true");
  });
});
