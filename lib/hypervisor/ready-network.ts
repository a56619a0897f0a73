import { networkInterfaces } from "node:os";
import type { NetworkRef } from "@/lib/libvirt";
import { isAppError } from "@/lib/model/errors";
import { isAbsent } from "./errors";
import type { HostLink } from "./link";
import { buildNatNetwork } from "./xml/network";

export const NAT_NETWORK = "default";
const slow = { deadlineMs: 30_000 };

/** libvirt's own choice first; the others for a host that is itself a guest on such a network. */
const prefixes = ["192.168.122", "192.168.123", "192.168.150", "192.168.222", "10.122.0"];

/**
 * The NAT network: defined where it is absent, on a subnet that the host does not use; active and
 * started with the host. Rejects with an AppError.
 */
export async function ensureNatNetwork(link: HostLink): Promise<void> {
  const found = await findNetwork(link);
  if (found === null) return defineOnFreeSubnet(link);
  await activate(link, found);
}

async function findNetwork(link: HostLink): Promise<NetworkRef | null> {
  try {
    return (await link.call("networkLookupByName", { name: NAT_NETWORK })).net;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

async function activate(link: HostLink, net: NetworkRef): Promise<void> {
  const { active } = await link.call("networkIsActive", { net });
  if (active === 0) await link.call("networkCreate", { net }, slow);
  await link.call("networkSetAutostart", { net, autostart: 1 });
}

/** libvirt itself refuses a subnet that collides with a route of the host: then the next one. */
async function defineOnFreeSubnet(link: HostLink): Promise<void> {
  let refusal: unknown;
  for (const prefix of link.isLocal ? freePrefixes() : prefixes) {
    const xml = buildNatNetwork({ name: NAT_NETWORK, prefix });
    const { net } = await link.call("networkDefineXml", { xml }, slow);
    try {
      return await activate(link, net);
    } catch (error) {
      await link.call("networkUndefine", { net }).catch(() => undefined);
      if (!isAppError(error, "host.refused")) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/** Those of which this machine has no address; all of them when it has one of each. */
export function freePrefixes(
  addresses: readonly string[] = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).map(({ address }) => address),
  ),
): string[] {
  const free = prefixes.filter(
    (prefix) => !addresses.some((address) => address.startsWith(`${prefix}.`)),
  );
  return free.length > 0 ? free : prefixes;
}
