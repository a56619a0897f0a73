import { allowedDomain } from "./definition/allow-list";
import { elementsOf } from "./definition/units";
import { attribute, childrenOf } from "./query";
import type { XmlElement } from "./tree";

const cloneable = new Set([
  ...Object.keys(allowedDomain.children?.devices?.children ?? {}),
  "emulator",
  "tpm",
]);
/** Of devices that may be the host's, the types that are not. */
const ownTypes: Readonly<Record<string, readonly string[]>> = {
  interface: ["network", "user"],
  serial: ["pty"],
  console: ["pty"],
  channel: ["unix", "spicevmc", "qemu-vdagent"],
  graphics: ["vnc"],
};

/**
 * Parts of a definition that two VMs cannot both have, or that are the host's: passed-through
 * devices, shared folders, cards beside libvirt's networks, ports that are files of the host,
 * arguments of QEMU's. By their names; none: it can be cloned.
 */
export function uncloneable(root: XmlElement): string[] {
  const devices = childrenOf(root, "devices").flatMap(elementsOf);
  const parts = devices.flatMap((device) => {
    if (!cloneable.has(device.name)) return [device.name];
    const type = attribute(device, "type") ?? "";
    const types = ownTypes[device.name];
    return types === undefined || types.includes(type) ? [] : [`${device.name} (${type})`];
  });
  const ofQemu = elementsOf(root).filter((child) => child.name.startsWith("qemu:"));
  return [...new Set([...parts, ...ofQemu.map((child) => child.name)])];
}
