import { expect, type Page } from "@playwright/test";

interface WatchOf {
  name: string;
  text: string;
  /** Typed into the guest, with Enter after it. */
  keys?: string;
  hook?: string;
}

/** Adds a watch by the dialog, which must be open. */
export async function addWatch(page: Page, { name, text, keys, hook }: WatchOf): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Tell me when").selectOption({ label: "Something else" });
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByLabel("Texts", { exact: true }).fill(text);
  await dialog.getByLabel("Type into the guest then").fill(keys ?? "");
  await dialog.getByLabel("Press Enter after it").setChecked(keys !== undefined);
  await dialog.getByLabel("Webhook", { exact: true }).fill(hook ?? "");
  await dialog.getByRole("button", { name: "Watch", exact: true }).click();
  await expect(dialog.getByRole("listitem").first()).toContainText(name);
  // What came of it is above a form that is higher than most windows.
  await expect(dialog.getByText(`Watching for “${name}”.`)).toBeInViewport();
}
