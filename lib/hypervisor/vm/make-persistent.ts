import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { modify } from "./modify";

const SECURE = 1;
const INACTIVE = 2;
/** libvirt may look into QEMU's abilities first, which takes long on a loaded machine. */
const DEFINE_DEADLINE_MS = 60_000;

/**
 * Gives a domain that its host would forget when it is off a definition that stays: the one that it
 * runs with. The guest notices nothing.
 */
export function makePersistent(host: Host, uuid: string): Promise<LiveVm> {
  const link = linkOf(host);
  return modify(host, uuid, async (dom) => {
    const { xml } = await link.call("domainGetXmlDesc", { dom, flags: INACTIVE | SECURE });
    const options = { deadlineMs: DEFINE_DEADLINE_MS };
    await link.call("domainDefineXmlFlags", { xml, flags: 0 }, options);
  });
}
