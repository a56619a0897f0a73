import type { XmlElement, XmlNode } from "./tree";

/** As libvirt's virDomainDefFormat and its formatters of devices write them, from first to last. */
const orders: Readonly<Record<string, readonly string[]>> = {
  domain: [
    ...["name", "uuid", "genid", "title", "description", "metadata", "maxMemory", "memory"],
    ...["currentMemory", "blkiotune", "memtune", "memoryBacking", "vcpu", "vcpus", "iothreads"],
    ...["iothreadids", "defaultiothread", "cputune", "numatune", "resource", "sysinfo", "os"],
    ...["features", "cpu", "clock", "on_poweroff", "on_reboot", "on_crash", "pm", "perf"],
    ...["devices", "seclabel"],
  ],
  cpu: ["model", "vendor", "topology", "cache", "maxphysaddr", "feature", "numa"],
  cputune: ["vcpupin", "emulatorpin", "iothreadpin"],
  disk: [
    ...["driver", "auth", "source", "backingStore", "geometry", "blockio", "mirror", "target"],
    ...["iotune", "readonly", "shareable", "transient", "serial", "wwn", "vendor", "product"],
    ...["encryption", "boot", "alias", "address"],
  ],
  interface: [
    ...["mac", "source", "vlan", "virtualport", "bandwidth", "port", "ip", "route", "script"],
    ...["target", "guest", "model", "driver", "backend", "filterref", "link", "tune", "mtu"],
    ...["coalesce", "boot", "alias", "rom", "address"],
  ],
};

/**
 * A definition with its parts where libvirt writes them, so that two differ only in what they say.
 * Parts that are not known stay behind what they stood behind.
 */
export function inLibvirtsOrder(root: XmlElement): XmlElement {
  const order = Object.hasOwn(orders, root.name) ? (orders[root.name] ?? []) : [];
  const children = root.children.map((child) =>
    typeof child === "string" ? child : inLibvirtsOrder(child),
  );
  return { ...root, children: order.length === 0 ? children : sorted(children, order) };
}

function sorted(children: readonly XmlNode[], order: readonly string[]): XmlNode[] {
  let last = -1;
  const ranked = children.map((child) => {
    const rank = typeof child === "string" ? -1 : order.indexOf(child.name);
    if (rank >= 0) last = rank;
    return { child, rank: rank >= 0 ? rank : last };
  });
  return ranked.toSorted((one, other) => one.rank - other.rank).map(({ child }) => child);
}
