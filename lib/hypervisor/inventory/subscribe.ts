import type { Connection } from "@/lib/libvirt";
import { isUnsupported } from "../errors";

export interface InventoryEvents {
  onDomain(uuid: string): void;
  onNetwork(): void;
  onPool(): void;
}

/** Everything after which a domain may look different. */
const domainEvents = [
  "lifecycle",
  "reboot",
  "ioErrorReason",
  "diskChange",
  "trayChange",
  "pmWakeup",
  "pmSuspend",
  "balloonChange",
  "pmSuspendDisk",
  "deviceRemoved",
  "blockJob2",
  "tunable",
  "agentLifecycle",
  "deviceAdded",
  "jobCompleted",
  "metadataChange",
] as const;

/**
 * Registers for all events of a host. Subscriptions end with the connection. An event that the
 * driver does not have is left out; any other failure rejects with a LibvirtError.
 */
export async function subscribeAll(connection: Connection, events: InventoryEvents): Promise<void> {
  const wanted: Promise<unknown>[] = domainEvents.map((name) =>
    connection.onDomainEvent(name, ({ dom }) => events.onDomain(dom.uuid)),
  );
  wanted.push(
    connection.onNetworkEvent("lifecycle", () => events.onNetwork()),
    connection.onPoolEvent("lifecycle", () => events.onPool()),
    connection.onPoolEvent("refresh", () => events.onPool()),
  );
  for (const result of await Promise.allSettled(wanted)) {
    if (result.status === "rejected" && !isUnsupported(result.reason)) throw result.reason;
  }
}
