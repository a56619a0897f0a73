import { linkOf } from "../link";
import type { DomainSpec, Host, LiveVm } from "../types";
import { parseXml, printXml } from "../xml/tree";
import { modifyBoth } from "./in-both";
import { newDisk } from "./new-disk";
import { vmXml } from "./vm-xml";

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
  return modifyBoth(host, uuid, async (dom, flags) => {
    const next = parseXml(await vmXml(host, uuid, "next"));
    const xml = printXml(await newDisk(host, next, disk));
    return link.call("domainAttachDeviceFlags", { dom, xml, flags });
  });
}
