import { expect, type Locator } from "@playwright/test";
import { eventually } from "../helpers/eventually";
import { type Live, says, section } from "./live";

export async function processorsChange({ hardware, domain, virsh, file }: Live): Promise<void> {
  const card = section(hardware, "Processors of the next start");
  const save = card.getByRole("button", { name: "Set the processors" });
  await card.getByLabel("Maximum of vCPUs").fill("8");
  await says(card, "Sockets × cores × threads is");
  await expect(save).toHaveAttribute("aria-disabled", "true");
  await card.getByLabel("Sockets").fill("2");
  await card.getByLabel("Cores of each").fill("2");
  await card.getByLabel("Threads of each").fill("2");
  await card.getByLabel("Processor", { exact: true }).selectOption("Nehalem");
  await says(card, '<cpu mode="custom"><model>Nehalem</model>');
  await save.click();
  await says(card, "The running guest has:");
  const xml = await virsh("dumpxml", "--inactive", domain);
  expect(xml).toMatch(/<vcpu [^>]*current='1'[^>]*>8<\/vcpu>/);
  expect(xml).toMatch(
    /<model [^>]*>Nehalem<\/model>\s*<topology sockets='2'.* cores='2' threads='2'/,
  );

  // Back by virsh, which shows in the open page.
  const before = await virsh("dumpxml", domain);
  const [cpu = ""] = before.match(/<cpu [\s\S]*<\/cpu>/) ?? [];
  const [vcpu = ""] = before.match(/<vcpu [^>]*>\d+<\/vcpu>/) ?? [];
  const back = xml.replace(/<cpu [\s\S]*<\/cpu>/, cpu).replace(/<vcpu [^>]*>\d+<\/vcpu>/, vcpu);
  await virsh("define", await file("back.xml", back));
  await expect(card.getByText("The running guest has:")).toHaveCount(0);
  await expect(card.getByLabel("Sockets")).toHaveValue("1");
}

export async function networkCardsChange({ hardware, domain, virsh, file }: Live): Promise<void> {
  const table = hardware.getByRole("table", { name: "Network cards" });
  const dialog = hardware.getByRole("dialog");
  const lists = async () => [
    await virsh("domiflist", domain),
    await virsh("domiflist", domain, "--inactive"),
  ];
  // The page may show the one half of a change before the other is made.
  const both = (fits: RegExp) =>
    eventually(`both definitions: ${fits}`, async () => {
      for (const list of await lists()) expect(list).toMatch(fits);
    });
  const choose = async (row: Locator, item: string) => {
    await row.getByRole("button", { name: /^More for the card/ }).click();
    await row.getByRole("menuitem", { name: item }).click();
  };
  await hardware.getByRole("button", { name: "Add a network card…" }).click();
  await dialog.getByLabel("Model").selectOption("e1000e");
  await says(dialog, `attach-interface ${domain} network default --model e1000e --live --config`);
  await dialog.getByRole("button", { name: "Add the card" }).click();
  const row = table.getByRole("row", { name: /e1000e/ });
  await expect(row).toBeVisible();
  await both(/e1000e/);

  const lab = "<network><name>lab</name><ip address='192.168.78.1' prefix='24'/></network>";
  await virsh("net-create", await file("lab.xml", lab));
  await expect(async () => {
    await choose(row, "Other network…");
    await dialog.getByLabel("Network").selectOption("lab", { timeout: 1_000 });
  }).toPass();
  await dialog.getByRole("button", { name: "Change the network" }).click();
  await says(row, "lab");
  await both(/lab +e1000e/);

  await choose(row, "Other model…");
  await dialog.getByLabel("Model").selectOption("rtl8139");
  await dialog.getByRole("button", { name: "Change the model" }).click();
  await says(row, "at the next start: rtl8139");
  const [now, next] = await lists();
  expect([now?.includes("e1000e"), next?.includes("rtl8139")]).toEqual([true, true]);

  // The guest has a system that lets it go.
  await choose(row, "Take out…");
  await dialog.getByRole("button", { name: "Take the card out" }).click();
  await expect(row).toHaveCount(0);
  await both(/^(?![\s\S]*(e1000e|rtl8139))/);
  await virsh("net-destroy", "lab");

  const card = ["network", "default", "--model", "rtl8139", "--mac", "52:54:00:00:00:77"];
  await virsh("attach-interface", domain, ...card, "--config");
  const theirs = table.getByRole("row", { name: /52:54:00:00:00:77/ });
  await says(theirs, "at the next start");
  await virsh("detach-interface", domain, "network", "--mac", "52:54:00:00:00:77", "--config");
  await expect(theirs).toHaveCount(0);
}

export async function mediaChange({ hardware, domain, virsh, file }: Live): Promise<void> {
  const card = section(hardware, "CD/DVD drive");
  const drive = card.getByRole("status");
  const eject = card.getByRole("button", { name: "Eject" });
  const [iso] = (await virsh("vol-list", "portico-images")).match(/\/\S+\.iso/) ?? [];
  const foreign = await file("foreign.iso", Buffer.alloc(2 ** 20));
  await says(drive, "guest-");

  await virsh("change-media", domain, "sda", "--eject", "--config");
  await says(drive, "At the next start: an empty drive");
  await virsh("change-media", domain, "sda", "--eject", "--force", "--live");
  await says(drive, "The drive is empty.");
  await expect(eject).toHaveAttribute("aria-disabled", "true");
  await virsh("change-media", domain, "sda", "--insert", foreign, "--live");
  await says(drive, "a medium that Portico does not know");
  await virsh("change-media", domain, "sda", "--insert", iso ?? "", "--config");
  await says(drive, "At the next start: guest-");
  await virsh("destroy", domain);
  await expect(drive.getByText("At the next start")).toHaveCount(0);
  await says(drive, "guest-");
  await virsh("change-media", domain, "sda", "--eject", "--config");
  await says(drive, "The drive is empty.");
}

export async function startsFromCd({ hardware, domain, virsh }: Live): Promise<void> {
  await hardware.getByRole("button", { name: "Power", exact: true }).click();
  await hardware.getByRole("menuitem", { name: "Start once from a CD…" }).click();
  const dialog = hardware.getByRole("dialog", { name: "Start Watched once from a CD" });
  await says(dialog, "are in force again for the next start");
  const start = dialog.getByRole("button", { name: "Start", exact: true });
  await expect(start).toHaveAttribute("aria-disabled", "true");
  await dialog.getByLabel("Image").selectOption({ index: 1 });
  await start.click();
  const drive = section(hardware, "CD/DVD drive").getByRole("status");
  await says(drive, "guest-");
  await says(drive, "At the next start: an empty drive");
  const orders = async (...which: string[]) =>
    [...(await virsh("dumpxml", domain, ...which)).matchAll(/dev='(\w+)' bus[\s\S]*?<\/disk>/g)]
      .map(([disk, target]) => `${target} ${/order='(\d)'/.exec(disk)?.[1]}`)
      .sort();
  expect(await orders()).toEqual(["sda 1", "vda 2"]);
  expect(await orders("--inactive")).toEqual(["sda 2", "vda 1"]);
  await virsh("destroy", domain);
  await says(drive, "The drive is empty.");
}

export async function cableChanges({ hardware, domain, virsh }: Live): Promise<void> {
  const table = hardware.getByRole("table", { name: "Network cards" });
  const [mac = ""] =
    (await virsh("domiflist", domain)).match(/(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/) ?? [];
  await table.getByRole("button", { name: "Plug out" }).click();
  await says(table, "plugged out");
  expect(await virsh("domif-getlink", domain, mac)).toContain(`${mac} down`);
  await virsh("domif-setlink", domain, mac, "up");
  await says(table, "plugged in");
}
