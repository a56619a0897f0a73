import { type Connection, connect, isLibvirtError } from "@/lib/libvirt";
import type { NetworkView, PoolView } from "@/lib/model/host";
import { isAbsent, isUnsupported } from "../errors";
import { readHostFacts } from "../host-facts";
import { readNetworks } from "../inventory/networks";
import { readPools } from "../inventory/pools";
import { uidOfGuests } from "../qemu-user";
import type { LibvirtAnswer } from "./check-versions";

export interface LibvirtReading {
  answer: LibvirtAnswer;
  networks: NetworkView[];
  pools: PoolView[];
  /** Whether libvirt has the filter `clean-traffic`. */
  cleanTraffic: boolean;
  /** Number of the account that guests run as; null when libvirt does not say. */
  guestUid: number | null;
  /** Whether libvirt would start guests with KVM; null when it took too long to say. */
  believesInKvm: boolean | null;
}

const connectMs = 8_000;
/** Where KVM is broken and not hidden, this call alone takes tens of seconds. */
const capabilitiesMs = 8_000;

/** Connects anew and reads what the checks need. Never rejects: a failure is the answer. */
export async function readLibvirt(uri: string): Promise<LibvirtReading> {
  let connection: Connection;
  try {
    connection = await connect(uri, { deadlineMs: connectMs, connectionName: "portico doctor" });
  } catch (error) {
    return silent(uri, error);
  }
  try {
    const facts = await readHostFacts(connection, false);
    const [networks, pools, cleanTraffic, capabilities] = await Promise.all([
      readNetworks(connection),
      readPools(connection),
      hasCleanTraffic(connection),
      readCapabilities(connection),
    ]);
    return {
      answer: { answers: true, version: facts.libvirtVersion ?? "0", uri },
      networks,
      pools,
      cleanTraffic,
      guestUid: capabilities === null ? null : uidOfGuests(capabilities),
      believesInKvm: capabilities === null ? null : /<domain type=['"]kvm['"]/.test(capabilities),
    };
  } catch (error) {
    return silent(uri, error);
  } finally {
    await connection.close();
  }
}

async function hasCleanTraffic(connection: Connection): Promise<boolean> {
  try {
    await connection.call("nwfilterLookupByName", { name: "clean-traffic" });
    return true;
  } catch (error) {
    if (isAbsent(error) || isUnsupported(error)) return false;
    throw error;
  }
}

async function readCapabilities(connection: Connection): Promise<string | null> {
  try {
    const options = { deadlineMs: capabilitiesMs };
    return (await connection.call("connectGetCapabilities", {}, options)).capabilities;
  } catch (error) {
    if (isLibvirtError(error) && error.kind === "timeout") return null;
    throw error;
  }
}

function silent(uri: string, error: unknown): LibvirtReading {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    answer: { answers: false, reason, uri },
    networks: [],
    pools: [],
    cleanTraffic: false,
    guestUid: null,
    believesInKvm: null,
  };
}
