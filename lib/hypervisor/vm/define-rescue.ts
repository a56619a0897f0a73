import type { Host } from "../types";
import { essenceOf, withRescue } from "../xml/rescue";
import { type ReadDefinition, readDefinitions } from "./read-definition";
import { redefineVm } from "./redefine-vm";

/**
 * Has a VM start from an image, in a drive of its own, until `undoRescue`. `before` is its
 * definition of now. Returns the digest (see `essenceOf`) of the new one. Throws `conflict.stale`,
 * nothing done, when it was redefined meanwhile, and `host.refused` with libvirt's words.
 */
export async function defineRescue(
  host: Host,
  uuid: string,
  before: ReadDefinition,
  image: { pool: string; volume: string },
): Promise<string> {
  const domain = withRescue(before.root, image);
  await redefineVm(host, uuid, { digest: before.digest, domain });
  return essenceOf((await readDefinitions(host, uuid)).next.root);
}
