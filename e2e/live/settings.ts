import { expect } from "@playwright/test";
import { eventually } from "../helpers/eventually";
import { type Live, openTab, says, section } from "./live";

export async function startsWithHost({ settings, domain, virsh }: Live): Promise<void> {
  const withHost = async () => (await virsh("list", "--all", "--autostart", "--name")).trim();
  const card = section(settings, "Start with the host");
  await says(card, "Off: after a restart");
  await card.getByRole("button", { name: "Start with the host" }).click();
  await says(card, "On: it starts when its host starts.");
  expect(await withHost()).toBe(domain);
  await says(card, `virsh autostart ${domain} --disable`);
  await virsh("autostart", domain, "--disable");
  await says(card, "Off: after a restart");

  const lock = section(settings, "Protection against deletion");
  await lock.getByRole("button", { name: "Lock against deletion" }).click();
  await says(lock, "Locked: nobody can delete this VM.");
  await lock.getByRole("button", { name: "Unlock" }).click();
  await says(lock, "Not locked: it can be deleted.");
}

export async function nameChanges({
  guests,
  hardware,
  settings,
  domain,
  virsh,
}: Live): Promise<void> {
  const card = section(settings, "Name and description");
  await card.getByLabel("Name", { exact: true }).fill("Watched closely");
  await card.getByLabel("Description").fill("Look twice.");
  await card.getByLabel("Tags").fill("Lab, test");
  await card.getByRole("button", { name: "Save" }).click();
  await expect(hardware.getByRole("heading", { level: 1 })).toHaveText("Watched closely");
  await says(guests.getByRole("row", { name: /Watched closely/ }), "Watched closely");
  expect((await virsh("desc", domain, "--title")).trim()).toBe("Watched closely");
  expect((await virsh("desc", domain)).trim()).toBe("Look twice.");
  await says(card, `virsh desc ${domain}`);

  const list = await openTab("/p/default/vms", settings);
  const row = list.getByRole("row", { name: /Watched closely/ });
  await says(row, "lab");
  await list.getByLabel("Tag", { exact: true }).selectOption("lab");
  await expect(row).toBeVisible();
  await expect(list).toHaveURL(/\?tag=lab$/);
  await list.getByLabel("Filter by name, address or tag").fill("nothing of this name");
  await says(list.locator("main"), "No VM matches this filter.");
  // Each open page holds one of the six connections that a browser makes to one origin.
  await list.close();
}

export async function crashChanges({ settings, domain, virsh, file }: Live): Promise<void> {
  const card = section(settings, "When the guest crashes or hangs");
  const panic = card.getByLabel("When its system panics");
  await panic.selectOption({ label: "Restart it" });
  await card.getByRole("button", { name: "Save" }).click();
  const xml = await eventually("the definition", async () => {
    const told = await virsh("dumpxml", "--inactive", domain);
    if (!told.includes("<panic model='isa'")) throw new Error(told);
    return told;
  });
  expect(xml).toContain("<on_crash>restart</on_crash>");
  const without = xml.replace(/<panic[^>]*(\/>|>[\s\S]*?<\/panic>)/, "");
  await virsh("define", await file("calm.xml", without));
  await expect(panic).toHaveValue("ignore");
}

export async function memoryIsSaved({ settings, domain, virsh }: Live): Promise<void> {
  const header = settings.locator("main");
  await virsh("start", domain).catch(() => undefined);
  await says(header, "running");
  await settings.getByRole("button", { name: "Power", exact: true }).click();
  await settings.getByRole("menuitem", { name: /^Save and stop/ }).click();
  await settings.getByRole("button", { name: "Save and stop", exact: true }).click();
  await says(header, "Its memory is kept on the host");
  expect(await virsh("dominfo", domain)).toMatch(/Managed save: +yes/);
  await virsh("managedsave-remove", domain);
  await expect(header.getByText("Its memory is kept on the host")).toHaveCount(0);
  await virsh("start", domain);
  await says(header, "running");
  await virsh("managedsave", domain);
  await says(header, "Its memory is kept on the host");
  await settings.getByRole("button", { name: "Power", exact: true }).click();
  await settings.getByRole("menuitem", { name: /^Discard the saved state/ }).click();
  await settings.getByRole("button", { name: "Discard", exact: true }).click();
  await expect(header.getByText("Its memory is kept on the host")).toHaveCount(0);
  await eventually("libvirt's word", async () =>
    expect(await virsh("dominfo", domain)).toMatch(/Managed save: +no/),
  );
}
