import type { Host, LiveVm } from "../types";
import { type NicEdit, withLink } from "../xml/edit-nic";
import { movedNic } from "./moved-nic";
import { updateNic } from "./update-nic";

/**
 * Puts a VM's network card into another network, in the running guest and for the next boot. The
 * guest sees its cable go out and in, as at a real move: else it would keep its old address. Throws
 * `not_found` when no card has that MAC.
 */
export async function moveNic(
  host: Host,
  uuid: string,
  { mac, network }: { mac: string; network: string },
): Promise<LiveVm> {
  const moved = await movedNic(host, network);
  const unplugged: NicEdit = (nic) => withLink(moved(nic), false);
  return updateNic(host, uuid, mac, { live: [unplugged, moved], next: moved });
}
