import type { DomainRef } from "@/lib/libvirt";
import { linkOf } from "../link";
import type { Host } from "../types";
import { trayOf } from "../xml/edit-media";
import { vmXml } from "./vm-xml";

/**
 * Opens the tray of a CD drive that libvirt takes for open. A firmware or a kernel that resets its
 * drives closes them, of which QEMU says nothing: libvirt then refuses every change of the medium,
 * since it opens no tray that it believes to be open. What is open stays so.
 */
export async function openTray(host: Host, uuid: string, dom: DomainRef): Promise<void> {
  const tray = trayOf(await vmXml(host, uuid, "live"));
  if (!tray?.open) return;
  const command = { execute: "blockdev-open-tray", arguments: { id: tray.name, force: true } };
  const cmd = JSON.stringify(command);
  await linkOf(host).call("qemuDomainMonitorCommand", { dom, cmd, flags: 0 });
}
