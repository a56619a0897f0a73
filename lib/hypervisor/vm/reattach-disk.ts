import { linkOf } from "../link";
import type { Host } from "../types";
import { driveXml } from "../xml/drive";
import { modify } from "./modify";
import { vmXml } from "./vm-xml";

const LIVE = 1;

/** Gives a running guest back the disk at `target` that it still has at its next start. */
export async function reattachDisk(host: Host, uuid: string, target: string): Promise<void> {
  await modify(host, uuid, async (dom) => {
    if (dom.id < 0 || driveXml(await vmXml(host, uuid, "live"), target) !== null) return;
    const xml = driveXml(await vmXml(host, uuid, "next"), target);
    if (xml === null) return;
    await linkOf(host).call("domainAttachDeviceFlags", { dom, xml, flags: LIVE });
  });
}
