import { logger } from "@/lib/log";
import type { NetworkView, PoolView } from "@/lib/model/host";
import type { Inventory, InventoryChange, LiveVm } from "../types";
import { type DomainRecord, toLiveVm } from "./record";

/**
 * What is known of one host: plain data that pages read without waiting, and the listeners that
 * are told what changed. Whoever writes here is `InventorySync`.
 */
export class InventoryStore implements Inventory {
  private readonly records = new Map<string, DomainRecord>();
  private readonly views = new Map<string, { vm: LiveVm; text: string }>();
  private readonly listeners = new Set<(change: InventoryChange) => void>();
  private leases = new Map<string, string[]>();
  private networkViews: NetworkView[] = [];
  private poolViews: PoolView[] = [];
  /** Set by the sync of the connection that is open; without one the last data stands. */
  private reader: ((uuid: string) => Promise<void>) | null = null;

  constructor(private readonly hostId: string) {}

  get(uuid: string): LiveVm | null {
    return this.views.get(uuid)?.vm ?? null;
  }

  list(): LiveVm[] {
    return [...this.views.values()].map(({ vm }) => vm);
  }

  networks(): NetworkView[] {
    return this.networkViews;
  }

  pools(): PoolView[] {
    return this.poolViews;
  }

  onChange(listener: (change: InventoryChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async refresh(uuid: string): Promise<LiveVm | null> {
    await this.reader?.(uuid);
    return this.get(uuid);
  }

  setReader(reader: ((uuid: string) => Promise<void>) | null): void {
    this.reader = reader;
  }

  record(uuid: string): DomainRecord | undefined {
    return this.records.get(uuid);
  }

  uuids(): string[] {
    return [...this.records.keys()];
  }

  /** Keeps a record and tells the listeners when something that people see differs. */
  put(record: DomainRecord): void {
    const { uuid } = record.facts.ref;
    this.records.set(uuid, record);
    const vm = toLiveVm(this.hostId, record, this.leases);
    const text = JSON.stringify(vm);
    if (this.views.get(uuid)?.text === text) return;
    this.views.set(uuid, { vm, text });
    this.emit({ type: "vm", vm });
  }

  remove(uuid: string): void {
    this.records.delete(uuid);
    if (this.views.delete(uuid)) this.emit({ type: "vm.removed", uuid });
  }

  /** Networks with their leases; VMs whose addresses changed are told one by one. */
  putNetworks(networks: NetworkView[]): void {
    const changed = JSON.stringify(networks) !== JSON.stringify(this.networkViews);
    if (!changed) return;
    this.networkViews = networks;
    this.leases = addressesByMac(networks);
    for (const record of this.records.values()) this.put(record);
    this.emit({ type: "host" });
  }

  putPools(pools: PoolView[]): void {
    if (JSON.stringify(pools) === JSON.stringify(this.poolViews)) return;
    this.poolViews = pools;
    this.emit({ type: "host" });
  }

  emit(change: InventoryChange): void {
    for (const listener of this.listeners) {
      try {
        listener(change);
      } catch (error) {
        logger().error({ err: error, hostId: this.hostId }, "inventory listener failed");
      }
    }
  }
}

function addressesByMac(networks: NetworkView[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { mac, address } of networks.flatMap((network) => network.leases)) {
    found.set(mac, [...(found.get(mac) ?? []), address]);
  }
  return found;
}
