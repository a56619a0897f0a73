import { type Browser, expect, type Page, test } from "@playwright/test";
import { eventually } from "./helpers/eventually";
import { admin, isSignedOut, setUp } from "./helpers/flows";
import { type Mailbox, startMailbox } from "./helpers/mailbox";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

const bob = {
  email: "bob@example.org",
  name: "Bob Builder",
  password: "yellow helmet small bricks",
};
/** What is taken away is gone within five seconds; a busy machine looks later. */
const cutMs = 15_000;

let world: World;
let mailbox: Mailbox;
/** The administrator's browser, and Bob's. */
let own: Page;
let his: Page;

test.beforeAll(async ({ browser }) => {
  mailbox = await startMailbox();
  world = await startWorld("people", {
    PORTICO_SMTP_URL: mailbox.url,
    PORTICO_MAIL_FROM: "cloud@example.org",
  });
  own = await newPage(browser);
  await setUp(own, world.portal);
});

test.afterAll(async () => {
  await own?.context().close();
  await his?.context().close();
  await world?.stop();
  await mailbox?.stop();
});

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: world.portal.origin });
  return context.newPage();
}

/** The newest link of that kind that was mailed to the address. */
async function mailedLink(to: string, kind: "invite" | "reset"): Promise<string> {
  return eventually("the mail", () => {
    const mail = mailbox.mails.findLast(
      (each) => each.to === to && each.text.includes(`/${kind}/`),
    );
    const link = mail?.text.match(new RegExp(`${world.portal.origin}/${kind}/[\\w-]+`))?.[0];
    if (!link) throw new Error(`no mail with a link to ${to}`);
    return link;
  });
}

async function openUser(name: string): Promise<void> {
  await own.goto("/admin/users");
  await own.getByRole("link", { name }).click();
  await own.waitForURL("**/admin/users/*");
}

async function confirm(button: string): Promise<void> {
  await own.getByRole("button", { name: button }).click();
  await own.getByRole("dialog").getByRole("button", { name: button }).click();
}

test("an invitation comes by mail, and makes an owner of a project", async ({ browser }) => {
  await own.goto("/admin/users");
  await own.getByLabel("Email", { exact: true }).fill(bob.email);
  await own.getByLabel("Into the project").selectOption({ label: "Default" });
  await own.getByLabel("Role there").selectOption({ label: "Owner" });
  await own.getByRole("button", { name: "Invite" }).click();
  his = await newPage(browser);
  await his.goto(await mailedLink(bob.email, "invite"));
  await his.getByLabel("Your name").fill(bob.name);
  await his.getByLabel("Password", { exact: true }).fill(bob.password);
  await his.locator('button[type="submit"]').click();
  await his.waitForURL("**/p/default");
});

test("a forgotten password: the same answer for everybody, a link for whom there is an account", async ({
  browser,
}) => {
  const page = await newPage(browser);
  for (const email of ["nobody@example.org", bob.email]) {
    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Forgot the password?" }).click();
    await page.waitForURL("**/reset/request");
    await page.getByLabel("Email").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByRole("heading", { name: "Look into your mailbox" })).toBeVisible();
  }
  const link = await mailedLink(bob.email, "reset");
  expect(mailbox.mails.map((each) => each.to)).not.toContain("nobody@example.org");
  bob.password = "purple elephant quiet river";
  await page.goto(link);
  await page.getByLabel("New password").fill(bob.password);
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByRole("heading", { name: "The new password is set" })).toBeVisible();
  // The session that Bob had is over, and the page that he looks at says so by itself.
  await isSignedOut(his, cutMs);
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link cannot be used" })).toBeVisible();
  await page.context().close();
  await signIn();
});

async function signIn(): Promise<void> {
  await his.goto("/sign-in");
  await his.getByLabel("Email").fill(bob.email);
  await his.getByLabel("Password", { exact: true }).fill(bob.password);
  await his.getByRole("button", { name: "Sign in", exact: true }).click();
  await his.waitForURL("**/p/default");
}

test("an SSH key is added and removed; a private one is refused and leaves the page", async () => {
  await his.goto("/account/ssh-keys");
  const field = his.getByLabel("Public key");
  await field.fill("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE\n-----END");
  await his.getByRole("button", { name: "Add the key" }).click();
  await expect(his.getByText("This is a private key. It was not kept.")).toBeVisible();
  await expect(field).toHaveValue("");
  await field.fill(
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDsDsmxGCr2HzaoHBgy3a8J+7NHnxEkNk/fUsZAMKSlx bob@site",
  );
  await his.getByRole("button", { name: "Add the key" }).click();
  await expect(his.getByText("bob@site")).toBeVisible();
  await his.getByRole("button", { name: "Remove the key bob@site" }).click();
  await his.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(his.getByText("No key yet")).toBeVisible();
});

test("a disabled user is out by himself, and in again once enabled", async () => {
  await his.goto("/p/default/vms");
  await openUser(bob.name);
  await confirm("Disable the account");
  await isSignedOut(his, cutMs);
  await his.getByLabel("Email").fill(bob.email);
  await his.getByLabel("Password", { exact: true }).fill(bob.password);
  await his.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(his.getByText("Email and password do not belong together.")).toBeVisible();
  await own.getByRole("button", { name: "Enable the account" }).click();
  await expect(own.getByText("active", { exact: true })).toBeVisible();
  await signIn();
});

test("an auditor sees the users and changes nothing, with the reason", async () => {
  await openUser(bob.name);
  await own.getByLabel("Auditor").check();
  await own.getByRole("button", { name: "Change the rights" }).click();
  await expect(own.getByText("The rights are changed.")).toBeVisible();
  await his.goto("/admin/users");
  await his.getByRole("link", { name: admin.name }).click();
  await expect(
    his.getByRole("note").filter({ hasText: "You see everything as an auditor" }),
  ).toBeVisible();
  const disable = his.getByRole("button", { name: "Disable the account" });
  await expect(disable).toHaveAttribute("aria-disabled", "true");
  await expect(disable).toHaveAccessibleDescription(/as an auditor/);
});

test("who is deleted hands over the project that was his alone", async () => {
  await own.goto("/p/default/project/members");
  const mine = own.getByRole("row", { name: admin.name });
  await mine.getByRole("button", { name: /^Leave/ }).click();
  await own
    .getByRole("dialog")
    .getByRole("button", { name: /^Leave/ })
    .click();
  await expect(own.getByRole("dialog")).toHaveCount(0);
  await openUser(bob.name);
  await own.getByRole("button", { name: "Delete the account" }).click();
  const dialog = own.getByRole("dialog");
  await dialog
    .getByLabel("New owner of the project “Default”")
    .selectOption({ label: `${admin.name} (${admin.email})` });
  await dialog.getByLabel("Type the email address").fill("bob@example.com");
  await dialog.getByRole("button", { name: "Delete the account" }).click();
  await expect(dialog.getByText("This is not the person's address.")).toBeVisible();
  await dialog.getByLabel("Type the email address").fill(bob.email);
  await dialog.getByRole("button", { name: "Delete the account" }).click();
  await own.waitForURL("**/admin/users");
  await expect(own.getByRole("link", { name: bob.name })).toHaveCount(0);
  await own.goto("/p/default/project/members");
  await expect(mine.getByRole("combobox")).toHaveValue("owner");
  await his.goto("/account");
  await expect(his).toHaveURL(/\/sign-in\?/);
});
