import type { Connection } from "@/lib/libvirt";
import { isLibvirtError } from "@/lib/libvirt";
import type { DomainRef } from "./read-domain";

const SOURCE_AGENT = 1;
const AGENT_DEADLINE_MS = 3_000;

/**
 * The guest's own addresses as its agent tells them, without loopback and link-local ones. Empty
 * when the agent does not answer: it lives in the guest, and a guest may be busy or hostile.
 */
export async function agentAddresses(connection: Connection, dom: DomainRef): Promise<string[]> {
  try {
    const { ifaces } = await connection.call(
      "domainInterfaceAddresses",
      { dom, source: SOURCE_AGENT, flags: 0 },
      { deadlineMs: AGENT_DEADLINE_MS },
    );
    return ifaces
      .flatMap(({ addrs }) => addrs.map(({ addr }) => addr))
      .filter(isReachable)
      .slice(0, 32);
  } catch (error) {
    if (isLibvirtError(error) && (error.kind === "refused" || error.kind === "timeout")) return [];
    throw error;
  }
}

/** The agent's answer is the guest's word: only what looks like an address is passed on. */
function isReachable(address: string): boolean {
  if (!/^[0-9a-fA-F.:]{2,45}$/.test(address)) return false;
  return !/^(127\.|169\.254\.|::1$|fe80:)/i.test(address);
}
