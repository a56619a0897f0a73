import { readdir } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { ensureGuestIso } from "./guest/guest-iso";
import { axeFindings } from "./helpers/axe";
import {
  closeDialog,
  deleteRecordings,
  makeLink,
  openTyping,
  picture,
  playerFits,
  readScreenText,
  recordScreens,
  typeText,
  typeTextIn,
  watchByLink,
} from "./helpers/console-flows";
import { waitForConsole, waitForPixels } from "./helpers/console-page";
import { eventually } from "./helpers/eventually";
import { createVm, setUp, uploadIso } from "./helpers/flows";
import { makeFilms } from "./helpers/make-films";
import { guestIsUp, inGuest } from "./helpers/oracle";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let world: World;
let page: Page;
let domain: string;

const dialog = () => page.getByRole("dialog");
const sh = (command: string) => inGuest(world.host, domain, ["/bin/sh", "-c", command]);
/** What was typed into the guest's second terminal, a line at a time. */
const typed = () => inGuest(world.host, domain, ["/bin/cat", "/tmp/typed"]);
const emptied = () => sh(": >/tmp/typed");
const type = (text: string) => typeText(page, text);
/** What the page showed of the guest's screen at last. */
let shown: string | null = null;

/** Shows a text in the guest, without a cursor, whose blinking is no difference. */
async function show(text: string): Promise<void> {
  const before = shown;
  await sh(`printf '\\033[2J\\033[H\\033[?25l${text}' >/dev/tty2`);
  let stands = 0;
  await eventually("the guest shows it", async () => {
    const last = shown;
    shown = await picture(page, "console-screen");
    stands = shown === last && shown !== before ? stands + 1 : 0;
    expect(stands).toBe(4);
  });
}

test.beforeAll(async ({ browser }) => {
  world = await startWorld("type");
  const context = await browser.newContext({ baseURL: world.portal.origin });
  page = await context.newPage();
  await setUp(page, world.portal);
  await uploadIso(page, await ensureGuestIso());
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

test("an installation: typed in German, watched by three, through a restart of all, recorded", async ({
  browser,
}) => {
  await recordScreens(page, "default", "While a console is open");
  const vmId = await createVm(page, { name: "web", memoryMib: 256 });
  domain = `p-${vmId}`;
  await guestIsUp(world.host, domain);
  await waitForConsole(page, "connected");
  await expect(page.getByText("This screen is recorded", { exact: true })).toBeVisible();
  await typeTextIn(page, "us", "root\n");
  await typeTextIn(page, "us", "loadkmap </etc/keymaps/de.bmap && echo >/tmp/german\n");
  await eventually("a German keyboard", () => sh("cat /tmp/german"));

  const colleague = await page.context().newPage();
  await colleague.goto(page.url());
  await waitForConsole(colleague, "connected");
  const link = await makeLink(page, "Installation");
  await closeDialog(page);
  const visitor = await watchByLink(browser, link, "Vera");
  await expect(page.getByText("Watching by a link: Vera.")).toBeVisible();

  // On another keyboard than the guest's this would be "gßinstall", "zes" and "yzpern/ost".
  await typeTextIn(page, "de", "g-install\nyes\nzypern-ost\n");
  await world.portal.kill();
  await world.portal.start();
  await eventually(
    "the installed system",
    async () => expect(await inGuest(world.host, domain, ["/bin/hostname"])).toBe("zypern-ost\n"),
    150_000,
  );
  await world.host.virsh(["destroy", domain]);
  await world.host.virsh(["start", domain]);
  await guestIsUp(world.host, domain);
  for (const each of [page, colleague]) await waitForConsole(each, "connected");
  await expect(visitor.getByText("Connected, view only")).toBeVisible();
  await sh("chvt 2");
  for (const text of ["########\\n".repeat(20), "Installed"]) await show(text);
  await eventually("one picture for the three", async () => {
    for (const each of [colleague, visitor]) {
      expect((await picture(each, "console-screen")) === shown).toBe(true);
    }
  });
  await page.getByRole("button", { name: "Share the screen…" }).click();
  await dialog().getByRole("button", { name: "End the link “Installation”" }).click();
  await expect(visitor.getByText("This link does not hold")).toBeVisible();
  await closeDialog(page);
  await visitor.context().close();
  await colleague.close();

  await page.goto("/p/default/project/recordings");
  const plays = page.getByRole("link", { name: "Play the recording of web" });
  await eventually("the recordings' end", async () => {
    await page.reload();
    // None of these waits: only the next reload can show another.
    expect(await plays.count()).toBeGreaterThanOrEqual(2);
    expect(await page.getByText("Recording now").count()).toBe(0);
  });
  await plays.first().click();
  await page.locator('[data-replay="paused"]').waitFor();
  await page.getByRole("slider", { name: "Position" }).press("End");
  await eventually("the last picture", async () =>
    expect((await picture(page, "replay-screen")) === shown).toBe(true),
  );
  await deleteRecordings(page);
  await recordScreens(page, "default", "Never");
  await page.goto(`/p/default/vms/${vmId}/console`);
  await waitForConsole(page, "connected");
  // Appending, so that the file can be emptied under it.
  await sh("loadkmap </etc/keymaps/de.bmap; cat </dev/tty2 >>/tmp/typed 2>/dev/null &");
});

test("a text is typed on the guest's German keyboard, what it lacks is shown before", async () => {
  await openTyping(page);
  await dialog().getByLabel("Keyboard layout").selectOption("de");
  await dialog().getByLabel("Text", { exact: true }).fill("zy → ß");
  await expect(dialog().locator("mark")).toHaveText("→");
  await expect(dialog().getByRole("button", { name: "Type the rest" })).toBeEnabled();
  expect(await axeFindings(page)).toEqual([]);

  await type("z y ß @ { [ \\ | ~/ é È ^ #'\nZweite Zeile: ÄÖÜ\n");
  await expect(dialog().getByText("Typed.", { exact: true })).toBeVisible();
  await eventually("both lines", async () => {
    expect(await typed()).toBe("z y ß @ { [ \\ | ~/ é È ^ #'\nZweite Zeile: ÄÖÜ\n");
  });
});

test("a busy guest gets every character, and typing can be stopped", async () => {
  await emptied();
  await sh(
    "for each in 1 2 3; do (sha512sum /dev/zero & echo $! >>/tmp/busy); done >/dev/null 2>&1",
  );
  const text = `${"Über 40 Zeichen {mit} Äpfeln@home\n".repeat(8)}`;
  await type(text);
  await expect(dialog().getByRole("progressbar")).toBeVisible();
  await expect(dialog().getByText("Typed.", { exact: true })).toBeVisible({ timeout: 120_000 });
  await eventually("all lines", async () => expect(await typed()).toBe(text));
  await sh("kill $(cat /tmp/busy)");

  await type("ABC ".repeat(500));
  await expect(dialog().getByText(/^[1-9]\d* of 2,000 keys$/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog().getByText(/^Stopped after/)).toBeVisible();
  // Nothing is held: a letter is small, and the line ends here.
  await emptied();
  await type("x\n");
  await eventually("the line", async () => expect(await typed()).toMatch(/^(ABC )*A?B?C?x\n$/));
});

test("a secret is neither shown nor kept, and the layout is remembered", async () => {
  await emptied();
  await dialog().getByLabel("Secret", { exact: false }).first().check();
  const field = dialog().getByLabel("Secret text");
  await field.fill("pä@ß→");
  await expect(dialog().getByText("1 character cannot be typed on this layout")).toBeVisible();
  await expect(dialog().locator("mark")).toHaveCount(0);
  await expect(dialog().getByRole("button", { name: "Type", exact: true })).toBeDisabled();
  await field.fill("pä@ß");
  expect(await field.getAttribute("type")).toBe("password");
  await dialog().getByLabel("Press Enter at the end").check();
  await field.press("Enter");
  await expect(field).toHaveValue("");
  await eventually("the secret", async () => expect(await typed()).toBe("pä@ß\n"));
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("pä@ß");
  expect(world.portal.output()).not.toContain("pä@ß");

  await page.reload();
  await waitForConsole(page, "connected");
  await openTyping(page);
  await expect(dialog().getByLabel("Keyboard layout")).toHaveValue("de");
  await expect(dialog().getByLabel("Text", { exact: true })).toHaveValue("");
});

test("a combination of one's own is named, and pressed from the menu", async () => {
  await closeDialog(page);
  await page.getByRole("button", { name: "Send keys" }).click();
  await page.getByRole("menuitem", { name: "Own combinations" }).click();
  await dialog().getByLabel("Keys", { exact: true }).press("Control+Alt+ArrowLeft");
  await expect(dialog().getByLabel("Keys", { exact: true })).toHaveValue("Ctrl + Alt + ←");
  await dialog().getByRole("button", { name: "Clear" }).click();
  for (const key of ["Alt", "F1"]) await dialog().getByLabel("Add a key").selectOption(key);
  await dialog().getByLabel("Name").fill("First terminal");
  await dialog().getByRole("button", { name: "Save" }).click();
  await expect(dialog().getByRole("listitem")).toHaveText(/^First terminal Alt \+ F1/);
  expect(await axeFindings(page)).toEqual([]);
  await closeDialog(page);

  const shown = () => sh("cat /sys/class/tty/tty0/active");
  expect(await shown()).toBe("tty2\n");
  await page.getByRole("button", { name: "Send keys" }).click();
  await page.getByRole("menuitem", { name: "First terminal" }).click();
  await eventually("the first terminal", async () => expect(await shown()).toBe("tty1\n"));
});

test("the text of the screen is read in the browser, every sign of it, and goes nowhere", async () => {
  const all = Array.from({ length: 94 }, (_, at) => String.fromCharCode(0x21 + at)).join("");
  const signs = `${all.slice(0, 47)}\n${all.slice(47)}`;
  await sh(`chvt 1; cat >/dev/tty1 <<'END'\n\n${signs}\nEND`);
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.method()} ${request.url()}`));
  await readScreenText(page, "zypern-ost login:", signs);
  expect(await axeFindings(page)).toEqual([]);
  page.removeAllListeners("request");
  const ours = `GET ${world.portal.origin}/_next/static/`;
  expect(sent.filter((each) => !each.startsWith(ours))).toEqual([]);
  await dialog().getByRole("button", { name: "Close" }).click();
});

test("two look at one guest: who types is shown, changes hands, and is free again", async () => {
  await sh("chvt 2");
  await emptied();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await waitForConsole(other, "connected");
  const viewers = (of: Page) => of.getByRole("button", { name: "2 consoles are open" });
  const screen = (of: Page) => of.getByRole("region", { name: "Console of web" });
  await viewers(page).click();
  await expect(page.getByText("Ada Min (you)")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("menuitemradio", { name: "Only you" }).click();
  await expect(screen(other).getByText("Connected, view only")).toBeVisible();
  await expect(other.getByRole("button", { name: "Ctrl-Alt-Del" })).toBeDisabled();

  async function typeLine(of: Page, line: string): Promise<void> {
    await of.bringToFront();
    await of.getByTestId("console-screen").click();
    await of.keyboard.type(line);
    await of.keyboard.press("Enter");
  }
  await typeLine(other, "no");
  await typeLine(page, "one");
  await eventually("one line alone", async () => expect(await typed()).toBe("one\n"));

  await viewers(page).click();
  await page.getByRole("menuitemradio", { name: "Only Ada Min" }).click();
  await expect(screen(page).getByText("Connected, view only")).toBeVisible();
  await expect(screen(other).getByText("Connected", { exact: true })).toBeVisible();
  await typeLine(other, "two");
  await eventually("the other's line", async () => expect(await typed()).toBe("one\ntwo\n"));

  await other.close();
  await expect(screen(page).getByText("Connected", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /consoles are open/ })).toHaveCount(0);
  await typeLine(page, "three");
  await eventually("three lines", async () => expect(await typed()).toBe("one\ntwo\nthree\n"));
});

test("the wall shows the screen live, without taking the keyboard, and leads to its console", async () => {
  const consoleUrl = page.url();
  await page.goto(new URL("/p/default/vms", consoleUrl).href);
  await page.getByRole("link", { name: "Wall of screens" }).click();
  await waitForPixels(page);
  expect(await axeFindings(page)).toEqual([]);
  const tile = page.getByTestId("wall-tile");
  await expect(tile).toHaveCount(1);
  await page.getByRole("link", { name: "Open the console of web" }).click();
  await waitForConsole(page, "connected");
  expect(page.url()).toBe(consoleUrl);
  const log = await page.request.get("/api/audit/export?format=json&action=console.open");
  const rows = (await log.json()) as { at: string; detail: { viewOnly: boolean } }[];
  const last = rows.sort((one, other) => one.at.localeCompare(other.at)).slice(-2);
  expect(last.map(({ detail }) => detail.viewOnly)).toEqual([true, false]);
});

test("a screen is recorded where the project wants it, said on it, played, filmed and deleted", async ({
  browser,
}) => {
  const consoleUrl = page.url();
  const [slug] = new URL(consoleUrl).pathname.split("/").slice(2);
  await recordScreens(page, slug ?? "", "While a console is open");

  await page.goto(consoleUrl);
  await expect(page.getByText("This screen is recorded")).toBeVisible();
  await waitForConsole(page, "connected");
  await expect(page.getByText("This screen is recorded", { exact: true })).toBeVisible();
  const recordings = async (): Promise<number> =>
    (await readdir(`${world.portal.dataDir}/recordings`).catch(() => [])).length;
  await eventually("a file", async () => expect(await recordings()).toBe(1));
  await show("########\\n".repeat(20));
  await show("On the record");

  await page.goto(`/p/${slug}/project/recordings`);
  await eventually("the end of the recording", async () => {
    await page.reload();
    // Neither waits: only the next reload can show another.
    expect(await page.getByRole("row").count()).toBe(2);
    expect(await page.getByText("Recording now").count()).toBe(0);
  });
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("link", { name: "Play the recording of web" }).click();
  const replay = (state: string) => page.locator(`[data-replay="${state}"]`);
  await expect(replay("paused")).toBeVisible();
  await playerFits(page);
  await page.getByRole("slider", { name: "Position" }).press("End");
  await eventually("the last picture", async () =>
    expect((await picture(page, "replay-screen")) === shown).toBe(true),
  );
  await page.getByRole("slider", { name: "Position" }).press("Home");
  await expect(page.getByRole("button", { name: "Next change" })).toBeEnabled();
  await eventually("an earlier picture", async () =>
    expect((await picture(page, "replay-screen")) === shown).toBe(false),
  );
  await page.getByLabel("Speed").selectOption("8");
  await page.getByRole("group", { name: "Recording" }).press("Space");
  await eventually("the last picture again", async () =>
    expect((await picture(page, "replay-screen")) === shown).toBe(true),
  );
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings(page)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });

  await makeFilms(page, browser, world.portal.origin);
  const log = await page.request.get("/api/audit/export?format=json&action=recording.export");
  const rows = (await log.json()) as { detail: { format: string } }[];
  expect(rows.map(({ detail }) => detail.format).sort()).toEqual(["gif", "gif", "webm"]);

  await deleteRecordings(page);
  await eventually("no file", async () => expect(await recordings()).toBe(0));

  await page.goto(consoleUrl);
  await waitForConsole(page, "connected");
});

test("a link is watched without an account, through a restart, and ended from the console", async ({
  browser,
}) => {
  const link = await makeLink(page, "Support");
  expect(await axeFindings(page)).toEqual([]);
  await closeDialog(page);

  const visitor = await watchByLink(browser, link, "Vera");
  expect(visitor.url()).not.toContain(new URL(link).hash.slice(1));
  await expect(visitor.getByTestId("watermark")).toContainText("Vera · web");
  expect(await axeFindings(visitor)).toEqual([]);

  // Whoever is at the console knows; what the visitor types goes nowhere.
  await expect(page.getByText("Watching by a link: Vera.")).toBeVisible();
  await emptied();
  await visitor.getByTestId("console-screen").click();
  await visitor.keyboard.type("no\n");
  await page.getByTestId("console-screen").click();
  await page.keyboard.type("one\n");
  await eventually("one line alone", async () => expect(await typed()).toBe("one\n"));

  // Used up: another browser is told so.
  const late = await (await browser.newContext()).newPage();
  await late.goto(link);
  expect(await axeFindings(late)).toEqual([]);
  await late.getByLabel("Your name").fill("Late");
  await late.getByRole("button", { name: "Watch" }).click();
  await expect(late.getByText("This link does not hold")).toBeVisible();
  await late.context().close();

  // Both pages outlive a portal that goes in the moment in which a change has a page read anew.
  await world.host.virsh(["suspend", domain]);
  await page.getByRole("status").getByText("paused", { exact: true }).waitFor();
  await world.portal.kill();
  await world.host.virsh(["resume", domain]);
  await world.portal.start();
  await waitForConsole(page, "connected");
  await expect(visitor.getByText("Connected, view only")).toBeVisible();
  await waitForPixels(visitor);
  await expect(page.getByText("Watching by a link: Vera.")).toBeVisible();

  await page.getByRole("button", { name: "Share the screen…" }).click();
  await expect(dialog().getByText("Watching now: Vera")).toBeVisible();
  await dialog().getByRole("button", { name: "End the link “Support”" }).click();
  await expect(visitor.getByText("This link does not hold")).toBeVisible();
  await expect(dialog().getByText("No link holds at the moment.")).toBeVisible();
  await visitor.context().close();
});
