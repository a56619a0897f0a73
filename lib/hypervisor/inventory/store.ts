import { isDeepStrictEqual } from "node:util";
import { logger } from "@/lib/log";
import type { NetworkView, PoolView } from "@/lib/model/host";
import type { Inventory, InventoryChange, LiveVm } from "../types";
import type { HostPool } from "./pools";
import { type DomainRecord, type Surroundings, toLiveVm } from "./record";

/**
 * What is known of one host: plain data that pages read without waiting, and the listeners that
 * are told what changed. Whoever writes here is `InventorySync`.
 */
export class InventoryStore implements Inventory {
  private readonly records = new Map<string, DomainRecord>();
  private readonly views = new Map<string, { vm: LiveVm; text: string }>();
  private readonly listeners = new Set<(change: InventoryChange) => void>();
  private around: Surroundings = { leases: new Map(), poolOf: new Map() };
  private networkViews: NetworkView[] = [];
  private poolViews: PoolView[] = [];
  /** Set by the sync of the connection that is open; without one the last data stands. */
  private reader: ((uuid: string) => Promise<void>) | null = null;

  private watchers = 0;

  constructor(private readonly hostId: string) {}

  get attended(): boolean {
    return this.watchers > 0;
  }

  attend(): () => void {
    this.watchers += 1;
    return () => {
      this.watchers -= 1;
    };
  }

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
    const vm = toLiveVm(this.hostId, record, this.around);
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
    this.look({ leases: addressesByMac(networks) });
    this.emit({ type: "host" });
  }

  /** Pools; VMs whose media turn out to lie in one, or no longer do, are told one by one. */
  putPools(pools: HostPool[]): void {
    const poolOf = new Map(
      pools.flatMap(({ folder, name }) => (folder === null ? [] : [[folder, name] as const])),
    );
    if (!isDeepStrictEqual(poolOf, this.around.poolOf)) this.look({ poolOf });
    const views = pools.map(({ folder: _ours, ...view }) => view);
    if (JSON.stringify(views) === JSON.stringify(this.poolViews)) return;
    this.poolViews = views;
    this.emit({ type: "host" });
  }

  /** Shows every VM again beside what is new around it. */
  private look(news: Partial<Surroundings>): void {
    this.around = { ...this.around, ...news };
    for (const record of this.records.values()) this.put(record);
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
