import type { Host, LiveVm } from "../types";
import { withBootOrder } from "../xml/boot";
import { readDefinitions } from "./read-definition";
import { redefineVm } from "./redefine-vm";

/**
 * Has the VM try these devices, in this order and no others, at its next start. Throws
 * `conflict.stale` when it was redefined in between, and `host.refused` with libvirt's words.
 */
export async function setBootOrder(
  host: Host,
  uuid: string,
  order: readonly string[],
): Promise<LiveVm> {
  const { next } = await readDefinitions(host, uuid);
  const domain = withBootOrder(next.root, order);
  return redefineVm(host, uuid, { digest: next.digest, domain });
}
