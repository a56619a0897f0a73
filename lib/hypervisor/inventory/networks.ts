import type { Connection } from "@/lib/libvirt";
import { logger } from "@/lib/log";
import type { NetworkLease, NetworkView } from "@/lib/model/host";
import { isAbsent, isUnsupported } from "../errors";
import { parseNetwork } from "../xml/network";
import { isWireFailure } from "./wire";

const options = { deadlineMs: 8_000 };

type NetworkRef = { name: string; uuid: string };

/** QEMU's user-mode network, the only one that an ordinary user's libvirt can give a guest. */
export const userNetwork: NetworkView = {
  name: "user",
  active: true,
  mode: "user",
  bridge: null,
  address: null,
  dhcp: true,
  autostart: true,
  leases: [],
};

/** All networks of a host with their leases, by name. Rejects with a LibvirtError. */
export async function readNetworks(connection: Connection): Promise<NetworkView[]> {
  const { nets } = await connection.call("connectListAllNetworks", { flags: 0 }, options);
  const views = await Promise.all(nets.map((net) => readNetwork(connection, net)));
  return views
    .filter((view) => view !== null)
    .sort((left, right) => left.name.localeCompare(right.name));
}

async function readNetwork(connection: Connection, net: NetworkRef): Promise<NetworkView | null> {
  try {
    const [{ xml }, { active }, { autostart }] = await Promise.all([
      connection.call("networkGetXmlDesc", { net, flags: 0 }, options),
      connection.call("networkIsActive", { net }, options),
      connection.call("networkGetAutostart", { net }, options),
    ]);
    const parsed = parseNetwork(xml);
    const withLeases = active !== 0 && parsed.dhcp;
    return {
      ...parsed,
      active: active !== 0,
      autostart: autostart !== 0,
      leases: withLeases ? await readLeases(connection, net) : [],
    };
  } catch (error) {
    if (isWireFailure(error)) throw error;
    if (!isAbsent(error))
      logger().warn({ err: error, network: net.name }, "inventory: a network cannot be read");
    return null;
  }
}

/** Leases of one network; none where the driver keeps none. */
async function readLeases(connection: Connection, net: NetworkRef): Promise<NetworkLease[]> {
  try {
    const { leases } = await connection.call("networkGetDhcpLeases", { net, mac: null }, options);
    return leases
      .map((lease) => ({
        mac: lease.mac?.toLowerCase() ?? "",
        address: lease.ipaddr,
        hostname: lease.hostname,
        expiresAt:
          lease.expirytime > 0n ? new Date(Number(lease.expirytime) * 1000).toISOString() : null,
      }))
      .filter(({ mac }) => mac !== "")
      .sort((left, right) => left.address.localeCompare(right.address));
  } catch (error) {
    if (isUnsupported(error) || isAbsent(error)) return [];
    throw error;
  }
}
