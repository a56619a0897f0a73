import { AppError } from "@/lib/model/errors";
import { linkOf, PERSON_DEADLINE_MS } from "../link";
import type { Host } from "../types";
import { asClone, type CloneIdentity } from "../xml/edit-clone";
import { readDefinitions } from "./read-definition";

const VALIDATE = 1;
/** libvirt may look into QEMU's abilities first, which takes long on a loaded machine. */
const DEFINE_DEADLINE_MS = 60_000;

/**
 * Defines a VM like another, from that one's definition with this digest; its disks are there
 * already. The screen's password is not taken over. Throws `conflict.stale`, nothing done, when
 * the other has been redefined, `not_found` without it, and `host.refused` with libvirt's words.
 */
export async function cloneVm(
  host: Host,
  source: { uuid: string; digest: string },
  identity: CloneIdentity,
): Promise<void> {
  const link = linkOf(host);
  const { next } = await readDefinitions(host, source.uuid);
  const xml = next.digest === source.digest ? asClone(next.root, identity) : null;
  if (xml === null) {
    throw new AppError({
      code: "conflict.stale",
      message: `${source.uuid} was redefined while it was cloned`,
      userMessage: { key: "clone.changed" },
    });
  }
  const options = { deadlineMs: DEFINE_DEADLINE_MS };
  await link.turns.take(identity.uuid, PERSON_DEADLINE_MS, () =>
    link.call("domainDefineXmlFlags", { xml, flags: VALIDATE }, options),
  );
  await host.inventory.refresh(identity.uuid);
}
