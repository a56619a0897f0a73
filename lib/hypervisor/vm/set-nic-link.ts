import type { Host, LiveVm } from "../types";
import { type NicEdit, withLink } from "../xml/edit-nic";
import { updateNic } from "./update-nic";

/**
 * Plugs the cable of a VM's network card in or out, in the running guest and for the next boot.
 * Throws `not_found` when no card has that MAC.
 */
export function setNicLink(
  host: Host,
  uuid: string,
  { mac, up }: { mac: string; up: boolean },
): Promise<LiveVm> {
  const edit: NicEdit = (nic) => withLink(nic, up);
  return updateNic(host, uuid, mac, { live: [edit], next: edit });
}
