import type { Host, LiveVm } from "../types";
import { withModel } from "../xml/edit-nic";
import { updateNic } from "./update-nic";

/**
 * Makes a VM's network card another model at its next boot; what runs keeps what it has. Throws
 * `not_found` when no card has that MAC.
 */
export function setNicModel(
  host: Host,
  uuid: string,
  { mac, model }: { mac: string; model: string },
): Promise<LiveVm> {
  return updateNic(host, uuid, mac, { live: [], next: (nic) => withModel(nic, model) });
}
