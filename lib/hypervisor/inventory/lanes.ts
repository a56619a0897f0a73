import type { Connection } from "@/lib/libvirt";

/** Calls that wait for the guest or its QEMU, and not for the domain's lock alone. */
const SLOW: readonly string[] = ["connectGetAllDomainStats", "domainInterfaceAddresses"];

/**
 * The connection, with the calls about one domain one after another. libvirtd works on few calls
 * of a connection at a time, and one that needs a locked domain (its QEMU hangs and is being
 * killed, say) is answered when the lock is free: without lanes the readings of that one domain
 * take all the places, and nothing is heard of the others. What a hanging QEMU or guest alone
 * delays has a lane of its own, so that the definition and the state are read meanwhile.
 */
export function inLanes(connection: Connection): Connection {
  return {
    ...connection,
    call: (name, args, options) =>
      connection.call(name, args, { ...options, lane: laneOf(name, args) }),
  };
}

function laneOf(name: string, args: object): string | undefined {
  const { dom, snap, uuid, doms } = args as {
    dom?: { uuid: string };
    snap?: { dom: { uuid: string } };
    uuid?: unknown;
    doms?: readonly { uuid: string }[];
  };
  const about = dom?.uuid ?? snap?.dom.uuid ?? (doms?.length === 1 ? doms[0]?.uuid : uuid);
  if (typeof about !== "string") return SLOW.includes(name) ? name : undefined;
  return SLOW.includes(name) ? `${about} figures` : about;
}
