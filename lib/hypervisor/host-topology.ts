import type { HostCell } from "@/lib/model/pinning";
import { linkOf } from "./link";
import type { Host } from "./types";
import { readHostTopology } from "./xml/host-topology";

/** A daemon whose cache of QEMU's abilities is stale asks QEMU anew, which takes its time. */
const CAPABILITIES_DEADLINE_MS = 60_000;

/** The processors of a host. Throws `host.*` errors. */
export async function hostTopology(host: Host): Promise<HostCell[]> {
  const options = { deadlineMs: CAPABILITIES_DEADLINE_MS };
  const { capabilities } = await linkOf(host).call("connectGetCapabilities", {}, options);
  return readHostTopology(capabilities);
}
