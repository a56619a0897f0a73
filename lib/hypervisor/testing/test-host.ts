import { parseUri } from "@/lib/libvirt";
import { SupervisedHost } from "../host";
import type { InventoryChange } from "../types";

/** A host outside the process's own set, connected and synced. Tests stop it themselves. */
export async function connectTestHost(uri: string): Promise<SupervisedHost> {
  const host = new SupervisedHost({ id: "test", name: "test", uri }, parseUri(uri), "qemu");
  const synced = nextChange(host, "resync");
  host.start();
  await synced;
  return host;
}

/** Resolves at the next change of that type. */
export function nextChange(host: SupervisedHost, type: InventoryChange["type"]): Promise<void> {
  return new Promise((resolve) => {
    const stop = host.inventory.onChange((change) => {
      if (change.type !== type) return;
      stop();
      resolve();
    });
  });
}
