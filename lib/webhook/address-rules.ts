import { BlockList, isIP } from "node:net";

/** Networks that belong to a machine, a site or nobody: no server of somebody else's is there. */
const inner4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
const global6 = ["2000::/3"];
/** Of the global ones those that carry another address inside, and those for documents. */
const inner6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const blocked4 = listOf(inner4);
const allowed6 = listOf(global6);
const blocked6 = listOf(inner6);

/** A list of networks like "10.1.0.0/16"; throws an Error that names one that is none. */
export function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", length = ""] = network.split("/", 2);
    const version = isIP(address);
    const bits = Number(length || (version === 4 ? 32 : 128));
    if (version === 0 || !Number.isInteger(bits)) throw new Error(`${network} is no network`);
    list.addSubnet(address, bits, version === 4 ? "ipv4" : "ipv6");
  }
  return list;
}

/** Whether a person may have the portal call this address: a public one, or one of `also`. */
export function mayCall(address: string, also: BlockList): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mayCall(mapped, also);
  const family = version === 4 ? "ipv4" : "ipv6";
  if (also.check(address, family)) return true;
  if (version === 4) return !blocked4.check(address, family);
  return allowed6.check(address, family) && !blocked6.check(address, family);
}
