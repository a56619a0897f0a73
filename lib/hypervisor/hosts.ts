import { parseUri } from "@/lib/libvirt";
import { once } from "@/lib/runtime/once";
import type { VirtTypeSetting } from "./capabilities";
import { type HostRecord, SupervisedHost } from "./host";
import type { Host, Hosts, InventoryChange } from "./types";

export interface HostsOptions {
  virtTypeSetting: VirtTypeSetting;
  /** Folder of the guests' VNC sockets; null lets libvirt choose. */
  consoleDir: string | null;
}

class SupervisedHosts implements Hosts {
  private readonly byId = new Map<string, SupervisedHost>();
  private readonly listeners = new Set<(host: Host, change: InventoryChange) => void>();
  readonly consoleDir: string | null;

  constructor(records: readonly HostRecord[], options: HostsOptions) {
    this.consoleDir = options.consoleDir;
    for (const record of records) {
      const host = new SupervisedHost(record, parseUri(record.uri), options.virtTypeSetting);
      this.byId.set(record.id, host);
      host.inventory.onChange((change) => {
        for (const listener of this.listeners) listener(host, change);
      });
    }
  }

  get(hostId: string): Host | null {
    return this.byId.get(hostId) ?? null;
  }

  list(): Host[] {
    return [...this.byId.values()];
  }

  onChange(listener: (host: Host, change: InventoryChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    for (const host of this.byId.values()) host.start();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.byId.values()].map((host) => host.stop()));
  }
}

const holder = () => once<{ hosts: SupervisedHosts | null }>("hosts", () => ({ hosts: null }));

/**
 * Starts to connect to the hosts and returns at once; each reconnects for ever with a capped
 * back-off. Throws a LibvirtError on a URI that cannot be used, an Error when already started.
 */
export function startHosts(records: readonly HostRecord[], options: HostsOptions): Hosts {
  const slot = holder();
  if (slot.hosts !== null) throw new Error("the hosts are already started");
  const started = new SupervisedHosts(records, options);
  started.start();
  slot.hosts = started;
  return started;
}

/** The process's hosts. Throws an Error before `startHosts`. */
export function hosts(): Hosts {
  const { hosts: started } = holder();
  if (started === null) throw new Error("the hosts are not started");
  return started;
}

/** Ends all connections; resolves when they are closed. Guests run on. */
export async function stopHosts(): Promise<void> {
  const slot = holder();
  const started = slot.hosts;
  slot.hosts = null;
  await started?.stop();
}

/** Folder of the VNC sockets that `startHosts` was told; null when libvirt chooses. */
export function consoleDir(): string | null {
  return holder().hosts?.consoleDir ?? null;
}
