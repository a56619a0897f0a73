import { AppError } from "@/lib/model/errors";
import type { Host, LiveVm } from "../types";
import { cdDriveOf, type Medium, withBootOnce } from "../xml/boot-once";
import { readDefinitions } from "./read-definition";
import { redefineVm } from "./redefine-vm";

/**
 * Has the VM's next start come from this medium in its CD drive, until `putBootBack`. Throws
 * `host.unsupported` without such a drive, `conflict.stale` when the VM was redefined in between,
 * and `host.refused` with libvirt's words.
 */
export async function putCdFirst(host: Host, uuid: string, medium: Medium): Promise<LiveVm> {
  const { next } = await readDefinitions(host, uuid);
  if (cdDriveOf(next.root) === null) {
    throw new AppError({ code: "host.unsupported", message: "the domain has no CD drive" });
  }
  return redefineVm(host, uuid, {
    digest: next.digest,
    domain: withBootOnce(next.root, medium),
  });
}
