import { eventually } from "@/e2e/helpers/eventually";
import { IMAGES_POOL } from "@/lib/hypervisor/inventory/pools";
import { linkOf } from "@/lib/hypervisor/link";
import type { Host } from "@/lib/hypervisor/types";

/** The file of every project's image: nothing starts from it. */
export const image = { pool: IMAGES_POOL, name: "p-sequences0.iso" } as const;
export const imageBytes = 1024 ** 2;

/** A network besides the one that every host has: that of nobody. Returns its name. */
export async function secondNetwork(host: Host): Promise<string> {
  const name = "sequences";
  const xml = `<network><name>${name}</name></network>`;
  await linkOf(host).call("networkCreateXml", { xml });
  await eventually("the second network", () => {
    if (host.inventory.networks().every((each) => each.name !== name)) throw new Error("not yet");
  });
  return name;
}

export async function removeNetwork(host: Host, name: string): Promise<void> {
  const link = linkOf(host);
  const { net } = await link.call("networkLookupByName", { name });
  await link.call("networkDestroy", { net });
}
