import { attribute, childrenOf, find } from "./query";
import type { XmlElement } from "./tree";

/**
 * How many devices a running guest can still be given: root ports with nothing behind them. Null
 * on a machine without such ports, where libvirt alone knows. `devices` are of a live definition.
 */
export function countFreePorts(devices: XmlElement | null): number | null {
  const ports = childrenOf(devices, "controller").filter(
    (each) => attribute(each, "model") === "pcie-root-port",
  );
  if (ports.length === 0) return null;
  const taken = new Set((devices?.children ?? []).map((each) => busOf(each)));
  return ports.filter((port) => !taken.has(Number(attribute(port, "index")))).length;
}

function busOf(device: XmlElement | string): number | null {
  if (typeof device === "string") return null;
  const address = find(device, "address");
  return attribute(address, "type") === "pci" ? Number(attribute(address, "bus")) : null;
}
