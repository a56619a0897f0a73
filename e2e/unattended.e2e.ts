import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { admin, signIn } from "./helpers/flows";
import { startPortal } from "./helpers/portal";

test("an unattended installation has its administrator from its settings, whom a later start leaves alone", async ({
  browser,
}) => {
  const dir = await mkdtemp(join(tmpdir(), "portico-unattended-"));
  const passwordFile = join(dir, "password");
  await writeFile(passwordFile, `${admin.password}\n`, { mode: 0o600 });
  const portal = await startPortal({
    dir,
    // No host is needed to get in.
    libvirtUri: `qemu+unix:///system?socket=${join(dir, "nobody")}`,
    consoleDir: join(dir, "consoles"),
    env: { PORTICO_ADMIN_EMAIL: admin.email, PORTICO_ADMIN_PASSWORD_FILE: passwordFile },
  });
  const context = await browser.newContext({ baseURL: portal.origin });
  try {
    const page = await context.newPage();
    await signIn(page);
    await page.waitForURL("**/p/default");
    expect(portal.output()).toContain("Portico is ready");
    expect(portal.output()).not.toContain("/setup?token=");

    await portal.kill("SIGTERM");
    const other = "another horse, another battery";
    await writeFile(passwordFile, `${other}\n`);
    await portal.start();
    await context.clearCookies();
    await signIn(page, other);
    await expect(page.getByRole("alert").filter({ hasText: "do not belong" })).toBeVisible();
    await signIn(page);
    await page.waitForURL("**/p/default");
    expect(portal.output()).not.toContain("/setup?token=");
  } finally {
    await context.close();
    await portal.stop();
    await rm(dir, { recursive: true, force: true });
  }
});
