import type { NetworkView } from "@/lib/model/host";
import { attribute, childrenOf, find, textOf, wholeNumber } from "./query";
import { element, parseXml, printXml, type XmlElement } from "./tree";

/** XML of a NAT network with DHCP on `prefix`.0/24, for example "192.168.122". */
export function buildNatNetwork(network: { name: string; prefix: string }): string {
  const { name, prefix } = network;
  return printXml(
    element("network", {}, [
      element("name", {}, [name]),
      element("forward", { mode: "nat" }),
      element("ip", { address: `${prefix}.1`, netmask: "255.255.255.0" }, [
        element("dhcp", {}, [element("range", { start: `${prefix}.2`, end: `${prefix}.254` })]),
      ]),
    ]),
  );
}

export type ParsedNetwork = Pick<NetworkView, "name" | "mode" | "bridge" | "address" | "dhcp">;

const knownModes = ["nat", "route", "bridge", "open"] as const;

/** Reads libvirt's XML of a network. */
export function parseNetwork(xml: string): ParsedNetwork {
  const root = parseXml(xml);
  const forward = find(root, "forward");
  const mode = forward === null ? "isolated" : (attribute(forward, "mode") ?? "nat");
  const [ip] = childrenOf(root, "ip");
  return {
    name: textOf(find(root, "name")) ?? "",
    mode: mode === "isolated" ? mode : (knownModes.find((known) => known === mode) ?? "other"),
    bridge: attribute(find(root, "bridge"), "name"),
    address: ip === undefined ? null : addressOf(ip),
    dhcp: childrenOf(root, "ip").some((each) => find(each, "dhcp") !== null),
  };
}

function addressOf(ip: XmlElement): string | null {
  const address = attribute(ip, "address");
  if (address === null) return null;
  const prefix = wholeNumber(attribute(ip, "prefix")) ?? prefixOf(attribute(ip, "netmask"));
  return prefix === null ? address : `${address}/${prefix}`;
}

/** "255.255.255.0" → 24; null for no mask. */
function prefixOf(netmask: string | null): number | null {
  if (netmask === null) return null;
  return netmask
    .split(".")
    .map((part) => Number(part).toString(2).replaceAll("0", "").length)
    .reduce((sum, bits) => sum + bits, 0);
}
