import type { DomainRef } from "@/lib/libvirt";
import { readBlocks, wakeMemory } from "../guest/wake-memory";
import { linkOf } from "../link";
import type { Host } from "../types";
import { moduleElement } from "../xml/memory-modules";
import { printXml } from "../xml/tree";

const LIVE = 1;
const PLUG_DEADLINE_MS = 20_000;

/**
 * Plugs a memory module into a running guest, which raises its ceiling and its balloon by as much,
 * and has the guest's agent take it into use. It is not in the definition of the next start, which
 * has the same memory in one piece. Throws `host.refused` when QEMU does not take it.
 */
export async function plugMemory(host: Host, dom: DomainRef, sizeKib: number): Promise<void> {
  const agent = host.inventory.get(dom.uuid)?.agentConnected === true;
  const before = agent ? ((await readBlocks(host, dom))?.length ?? null) : null;
  const xml = printXml(moduleElement(sizeKib));
  const options = { deadlineMs: PLUG_DEADLINE_MS };
  await linkOf(host).call("domainAttachDeviceFlags", { dom, xml, flags: LIVE }, options);
  if (before !== null) await wakeMemory(host, dom, before);
}
