import type { Vm } from "@/lib/db/generated/client";
import { linkOf } from "@/lib/hypervisor/link";
import type { Host } from "@/lib/hypervisor/types";
import { domainRefOf } from "@/lib/hypervisor/vm/modify";

const INACTIVE = 2;

/** What libvirt itself says of one domain, read from its text without the product's parser. */
export interface Said {
  name: string;
  title: string;
  description: string;
  vcpus: number;
  memoryMib: number;
  /** Of its next start. */
  volumes: string[];
  macs: string[];
  snapshots: { name: string; parent: string | null; current: boolean }[];
  /** The VM and the project that it says it is. */
  owner: string;
  project: string;
  inRescue: boolean;
  active: boolean;
  autostart: boolean;
}

/** Asks anew for all of it. */
export async function ask(host: Host, { uuid }: Pick<Vm, "uuid">): Promise<Said> {
  const link = linkOf(host);
  const dom = await domainRefOf(host, uuid);
  const { xml } = await link.call("domainGetXmlDesc", { dom, flags: INACTIVE });
  const { autostart } = await link.call("domainGetAutostart", { dom });
  const first = (pattern: RegExp) => plain(pattern.exec(xml)?.[1] ?? "");
  const all = (pattern: RegExp) => [...xml.matchAll(pattern)].map(([, found = ""]) => found).sort();
  return {
    name: dom.name,
    title: first(/<title>([^<]*)</),
    description: first(/<description>([^<]*)</),
    vcpus: Number(first(/<vcpu[^>]* current='(\d+)'/) || first(/<vcpu[^>]*>(\d+)</)),
    memoryMib: Number(first(/<memory unit='KiB'>(\d+)</)) / 1024,
    volumes: all(/<source pool='portico-disks' volume='([^']+)'/g),
    macs: all(/<mac address='([^']+)'/g),
    snapshots: await askSnapshots(host, dom),
    owner: first(/<portico:vm [^>]*id="([^"]+)"/),
    project: first(/<portico:vm [^>]*project="([^"]+)"/),
    inRescue: xml.includes("<serial>portico-rescue</serial>"),
    active: (await link.call("domainIsActive", { dom })).active === 1,
    autostart: autostart === 1,
  };
}

async function askSnapshots(
  host: Host,
  dom: Awaited<ReturnType<typeof domainRefOf>>,
): Promise<Said["snapshots"]> {
  const link = linkOf(host);
  const listed = await link.call("domainListAllSnapshots", { dom, needResults: 1, flags: 0 });
  const snapshots: Said["snapshots"] = [];
  for (const snap of listed.snapshots) {
    const text = (await link.call("domainSnapshotGetXmlDesc", { snap, flags: 0 })).xml;
    const parent = /<parent>\s*<name>([^<]*)</.exec(text)?.[1] ?? null;
    const { current } = await link.call("domainSnapshotIsCurrent", { snap, flags: 0 });
    snapshots.push({ name: snap.name, parent, current: current === 1 });
  }
  return snapshots;
}

function plain(text: string): string {
  const of: Record<string, string> = { lt: "<", gt: ">", amp: "&", apos: "'", quot: '"' };
  return text.replace(/&(lt|gt|amp|apos|quot);/g, (whole, name: string) => of[name] ?? whole);
}
