import type { Host } from "../types";
import { bootsAlike, withBootOf } from "../xml/boot-once";
import { parseXml } from "../xml/tree";
import { readDefinitions } from "./read-definition";
import { redefineVm } from "./redefine-vm";

/**
 * Gives the VM's next start the boot order of `beforeXml` and what that has in its CD drive; one
 * that has them already is left as it is. Throws `conflict.stale` when the VM was redefined in
 * between, and `host.refused` with libvirt's words.
 */
export async function putBootBack(host: Host, uuid: string, beforeXml: string): Promise<void> {
  const before = parseXml(beforeXml);
  const { next } = await readDefinitions(host, uuid);
  if (bootsAlike(next.root, before)) return;
  await redefineVm(host, uuid, { digest: next.digest, domain: withBootOf(next.root, before) });
}
