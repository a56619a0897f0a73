import { randomUUID } from "node:crypto";
import type { Host } from "./types";
import { macOf } from "./xml/mac";

/** An address for a new network card that no guest of the host has, or will have at its start. */
export function newMac({ inventory }: Pick<Host, "inventory">, seed = randomUUID): string {
  const all = inventory.list().flatMap((vm) => [...vm.nics, ...vm.nextNics]);
  const taken = new Set(all.map((nic) => nic.mac));
  for (;;) {
    const mac = macOf(seed(), 0);
    if (!taken.has(mac)) return mac;
  }
}
