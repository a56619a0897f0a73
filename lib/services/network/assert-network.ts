import type { Host } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";

/** Throws `input.invalid` unless the host has the network and it is active. */
export function assertNetwork(host: Host, name: string): void {
  const network = host.inventory.networks().find((each) => each.name === name);
  if (network?.active) return;
  throw new AppError({
    code: "input.invalid",
    message: `network ${name} is ${network ? "not active" : "not known"} on ${host.id}`,
    fields: { network: { key: network ? "field.network.inactive" : "field.network.unknown" } },
  });
}
