import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { setUp } from "./helpers/flows";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

/** What is taken away is gone from open pages within five seconds; a busy machine looks later. */
const cutMs = 15_000;
const nora = {
  email: "nora@example.org",
  name: "Nora New",
  password: "four unrelated words suffice",
};

let world: World;
const contexts: BrowserContext[] = [];
/** The administrator's window and the newcomer's. */
let admin: Page;
let newcomer: Page;

test.beforeAll(async ({ browser }) => {
  world = await startWorld("projects");
  const open = async () => {
    const context = await browser.newContext({ baseURL: world.portal.origin });
    contexts.push(context);
    return context.newPage();
  };
  admin = await open();
  newcomer = await open();
  await setUp(admin, world.portal);
});

test.afterAll(async () => {
  for (const context of contexts) await context.close();
  await world?.stop();
});

/** Invites Nora on the project's page of administration; returns the link that is shown once. */
async function invite(role: string): Promise<string> {
  await admin.goto("/admin/projects/web-shop");
  await admin.getByLabel("Email").fill(nora.email);
  await admin.getByLabel("Role", { exact: true }).selectOption(role);
  await admin.getByRole("button", { name: "Invite" }).click();
  return admin.getByLabel("Invitation link", { exact: true }).inputValue();
}

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

test("an administrator makes a project, and a stranger joins it by a link", async () => {
  await admin.goto("/admin/projects");
  await admin.getByRole("button", { name: "Create a project" }).click();
  await admin.getByRole("dialog").getByLabel("Name").fill("Web shop");
  await admin.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await admin.waitForURL("**/admin/projects/web-shop");
  const link = await invite("Member");
  expect(link).toMatch(new RegExp(`^${world.portal.origin}/invite/[\\w-]{43}$`));

  await newcomer.goto(link);
  await expect(heading(newcomer)).toHaveText("Join the project Web shop");
  await expect(newcomer.getByLabel("Email")).toHaveValue(nora.email);
  await newcomer.getByLabel("Your name").fill(nora.name);
  await newcomer.getByLabel("Password", { exact: true }).fill(nora.password);
  await newcomer.getByRole("button", { name: "Make the account and join" }).click();
  await newcomer.waitForURL("**/p/web-shop");
  await expect(heading(newcomer)).toHaveText("Web shop");
  await expect(newcomer.getByText("Your first virtual machine")).toBeVisible();

  await newcomer.goto(link);
  await expect(heading(newcomer)).toHaveText("This invitation cannot be used");
});

test("another project's address is not found, whatever page", async () => {
  for (const path of ["/p/default", "/p/default/project/members", "/admin/projects"]) {
    await newcomer.goto(path);
    await expect(heading(newcomer), path).toHaveText("There is nothing here");
  }
});

test("another role shows in the open page, with the reason", async () => {
  await newcomer.goto("/p/web-shop/images");
  await expect(newcomer.getByText("Nothing can be uploaded here.")).toBeHidden();
  await admin.goto("/admin/projects/web-shop");
  await admin.getByLabel(`Role of ${nora.name}`).selectOption("Viewer");
  const note = newcomer.getByRole("note").filter({ hasText: "Nothing can be uploaded here." });
  await expect(note).toContainText(
    "This needs the role “Member”. Yours in this project is “Viewer”.",
    { timeout: cutMs },
  );
  await newcomer.goto("/p/web-shop/project/members");
  const remove = newcomer.getByRole("button", { name: "Invite" });
  await expect(remove).toHaveAttribute("aria-disabled", "true");
  await expect(newcomer.getByRole("navigation", { name: "Project pages" })).not.toContainText(
    "Settings",
  );
});

test("a member who is removed loses the open page at once", async () => {
  await newcomer.goto("/p/web-shop");
  await expect(heading(newcomer)).toHaveText("Web shop");
  await admin.goto("/admin/projects/web-shop");
  await admin.getByRole("button", { name: `Remove ${nora.name}` }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(heading(newcomer)).toHaveText("There is nothing here", { timeout: cutMs });
  await newcomer.goto("/");
  await expect(newcomer.getByText("Ask an administrator")).toBeVisible();
});

test("who has an account joins with it; the last owner stays; an empty project goes", async () => {
  await newcomer.goto(await invite("Owner"));
  await expect(newcomer.getByText("You are signed in as")).toBeVisible();
  await newcomer.getByRole("button", { name: "Join with this account" }).click();
  await newcomer.waitForURL("**/p/web-shop");

  await newcomer.goto("/p/web-shop/project/members");
  await newcomer.getByRole("button", { name: "Leave" }).click();
  await newcomer.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await expect(newcomer.getByText("A project needs an owner who can sign in.")).toBeVisible();
  await newcomer.goto("/p/web-shop/project/settings");
  await newcomer.getByLabel("Project's name").fill("Shop");
  await newcomer.getByRole("button", { name: "Rename" }).click();
  await expect(newcomer.locator("aside").getByText("Shop", { exact: true })).toBeVisible();

  await admin.goto("/admin/projects/web-shop");
  await admin.getByRole("button", { name: "Delete…" }).click();
  await admin.getByLabel("Type the project's name").fill("Shop");
  await admin.getByRole("button", { name: "Delete the project" }).click();
  await admin.waitForURL("**/admin/projects");
  await expect(heading(newcomer)).toHaveText("There is nothing here", { timeout: cutMs });
});
