import { attribute, find } from "../query";
import type { XmlElement, XmlNode } from "../tree";
import { elementsOf } from "./units";

/**
 * A definition without what libvirt adds while the guest runs: numbers, paths and names of this
 * very run. One that is not of a running guest is as it was. Never changes its argument.
 */
export function atRest(root: XmlElement): XmlElement {
  if (attribute(root, "id") === null) return root;
  const { id: _ofThisRun, ...attributes } = root.attributes;
  return {
    ...root,
    attributes,
    children: root.children.flatMap((child): XmlNode[] => {
      if (typeof child === "string") return [child];
      if (child.name === "resource") return isDefault(child) ? [] : [child];
      if (child.name === "seclabel") return attribute(child, "type") === "dynamic" ? [] : [child];
      if (child.name !== "devices") return [child];
      return [{ ...child, children: elementsOf(child).map(deviceAtRest) }];
    }),
  };
}

function isDefault(resource: XmlElement): boolean {
  return find(resource, "partition")?.children[0] === "/machine";
}

function deviceAtRest(device: XmlElement): XmlElement {
  const bare = without(device, (child) => child.name === "alias" && !isOwnAlias(child));
  switch (device.name) {
    case "disk":
      return diskAtRest(bare);
    case "interface":
      return interfaceAtRest(bare);
    case "serial":
    case "parallel":
    case "console":
      return characterAtRest(bare);
    case "channel":
      return attributesOf(without(bare, isOfThisRun), "target", ["state"]);
    case "graphics":
      return graphicsAtRest(bare);
    default:
      return bare;
  }
}

function diskAtRest(device: XmlElement): XmlElement {
  const chain = without(device, ({ name }) => name === "backingStore" || name === "mirror");
  const bare = attributesOf(attributesOf(chain, "source", ["index"]), "target", ["tray"]);
  // A drive that was emptied while it runs keeps a source that says nothing.
  return without(bare, (child) => child.name === "source" && saysNothing(child));
}

function saysNothing({ attributes, children }: XmlElement): boolean {
  return children.length === 0 && Object.keys(attributes).length === 0;
}

/** Names that begin so were given by a person; the others by libvirt. */
function isOwnAlias(alias: XmlElement): boolean {
  return (attribute(alias, "name") ?? "").startsWith("ua-");
}

function interfaceAtRest(device: XmlElement): XmlElement {
  const named = find(device, "target");
  const own = attribute(named, "dev");
  const given = own !== null && /^(vnet|vif|macvtap)\d+$/.test(own);
  const bare = without(device, (child) => child.name === "target" && given);
  if (attribute(device, "type") !== "network") return bare;
  return attributesOf(bare, "source", ["bridge", "portid"]);
}

function characterAtRest(device: XmlElement): XmlElement {
  const { tty: _ofThisRun, ...attributes } = device.attributes;
  const isPty = attribute(device, "type") === "pty";
  return { ...without(device, (child) => isPty && child.name === "source"), attributes };
}

function isOfThisRun(child: XmlElement): boolean {
  return child.name === "source" && /\/qemu\/channel\/.*domain-\d+-/.test(pathOf(child));
}

function pathOf(source: XmlElement): string {
  return attribute(source, "path") ?? "";
}

function graphicsAtRest(device: XmlElement): XmlElement {
  const { socket, port, tlsPort, ...attributes } = device.attributes;
  const automatic = attributes.autoport === "yes";
  const chosen = attribute(find(device, "listen"), "socket") ?? socket ?? "";
  const ofThisRun = /\/domain-\d+-/.test(chosen);
  const ports = automatic ? {} : { port, tlsPort };
  const bare = {
    ...device,
    attributes: kept({ ...attributes, ...ports, socket: ofThisRun ? undefined : socket }),
  };
  return ofThisRun ? attributesOf(bare, "listen", ["socket"]) : bare;
}

function kept(attributes: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
}

function without(parent: XmlElement, goes: (child: XmlElement) => boolean): XmlElement {
  const children = parent.children.filter((child) => typeof child === "string" || !goes(child));
  return { ...parent, children };
}

/** The element with child elements of that name robbed of some attributes. */
function attributesOf(parent: XmlElement, name: string, gone: readonly string[]): XmlElement {
  const children = parent.children.map((child) => {
    if (typeof child === "string" || child.name !== name) return child;
    const attributes = Object.fromEntries(
      Object.entries(child.attributes).filter(([key]) => !gone.includes(key)),
    );
    return { ...child, attributes };
  });
  return { ...parent, children };
}
