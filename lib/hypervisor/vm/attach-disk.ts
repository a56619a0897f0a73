import { directIoWorks } from "../direct-io";
import { linkOf } from "../link";
import type { DomainSpec, Host, LiveVm } from "../types";
import { dataDiskElement } from "../xml/disk";
import { hasFirstBoot } from "../xml/drive";
import { printXml } from "../xml/tree";
import { modify } from "./modify";
import { vmXml } from "./vm-xml";

const LIVE = 1;
const CONFIG = 2;

/**
 * Gives the VM one more disk at `target`, in the running guest and for every start. Throws
 * `host.refused` with libvirt's words, for example without a free port; then it has none of it.
 */
export async function attachDisk(
  host: Host,
  uuid: string,
  disk: DomainSpec["disk"] & { target: string },
): Promise<LiveVm> {
  const link = linkOf(host);
  const directIo = link.isLocal && (await directIoWorks(link, disk.pool));
  return modify(host, uuid, async (dom) => {
    const { target } = disk;
    // The first place is that of the system, unless something else is to be started from.
    const boots = target === "vda" && !hasFirstBoot(await vmXml(host, uuid, "next"));
    const xml = printXml(dataDiskElement(disk, { directIo, target, boots }));
    const flags = dom.id >= 0 ? LIVE | CONFIG : CONFIG;
    return link.call("domainAttachDeviceFlags", { dom, xml, flags });
  });
}
