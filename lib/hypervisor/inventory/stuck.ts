import type { Connection } from "@/lib/libvirt";
import { isLibvirtError } from "@/lib/libvirt";
import type { DomainRef } from "./read-domain";

/** virDomainControlState: a monitor command waits for QEMU, or the monitor is broken. */
const OCCUPIED = 2;
const BROKEN = 3;
const PATIENCE_MS = 2_000n;

/**
 * Whether a domain's QEMU does not answer libvirt. The question itself needs no lock of the
 * domain, so it can be asked while every other one would hang.
 */
export async function isStuck(connection: Connection, dom: DomainRef): Promise<boolean> {
  try {
    const control = await connection.call(
      "domainGetControlInfo",
      { dom, flags: 0 },
      { deadlineMs: 4_000 },
    );
    if (control.state === BROKEN) return true;
    return control.state === OCCUPIED && control.stateTime >= PATIENCE_MS;
  } catch (error) {
    if (isLibvirtError(error) && error.kind === "timeout") return true;
    // Stopped meanwhile, or a driver without monitors.
    if (isLibvirtError(error) && error.kind === "refused") return false;
    throw error;
  }
}
