import type { Host, Hosts, Inventory, InventoryChange, LiveVm } from "@/lib/hypervisor/types";
import type { HostConnection, HostView, NetworkView, PoolView } from "@/lib/model/host";
import { BYTES_PER_GIB, KIB_PER_GIB } from "@/lib/model/units";

type Listener = (change: InventoryChange) => void;

const pool = (name: string, role: PoolView["role"]): PoolView => ({
  name,
  role,
  active: true,
  capacityBytes: 1_000 * BYTES_PER_GIB,
  availableBytes: 500 * BYTES_PER_GIB,
});

const defaultNetwork: NetworkView = {
  name: "default",
  active: true,
  mode: "nat",
  bridge: "virbr0",
  address: "192.168.122.1/24",
  dhcp: true,
  autostart: true,
  leases: [],
};

/** A host whose inventory is what the test says; it cannot be called, only looked at. */
export class FakeHost implements Host {
  connection: HostConnection = "connected";
  syncedAt: string | null = "2030-01-01T00:00:00.000Z";
  cpuCount = 8;
  memoryKib = 32 * KIB_PER_GIB;
  pools: PoolView[] = [
    pool("portico-images", "images"),
    pool("portico-disks", "disks"),
    pool("portico-backups", "backups"),
  ];
  networks: NetworkView[] = [defaultNetwork];
  /** How many look at it now. */
  watchers = 0;
  readonly vms = new Map<string, LiveVm>();
  readonly inventory: Inventory;
  private readonly listeners = new Set<Listener>();

  constructor(
    readonly id: string,
    private readonly tell: (host: FakeHost, change: InventoryChange) => void,
  ) {
    this.inventory = {
      get: (uuid) => this.vms.get(uuid) ?? null,
      list: () => [...this.vms.values()],
      networks: () => this.networks,
      pools: () => this.pools,
      onChange: (listener) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
      attend: () => {
        this.watchers += 1;
        return () => {
          this.watchers -= 1;
        };
      },
      refresh: async (uuid) => this.vms.get(uuid) ?? null,
    };
  }

  get name(): string {
    return this.id;
  }

  /** Sets a VM and tells everybody, as an event of libvirt does. */
  set(vm: LiveVm): void {
    this.vms.set(vm.uuid, vm);
    this.change({ type: "vm", vm });
  }

  change(change: InventoryChange): void {
    for (const listener of this.listeners) listener(change);
    this.tell(this, change);
  }

  view(): HostView {
    return {
      id: this.id,
      name: this.name,
      uri: "test:///default",
      connection: this.connection,
      connectionError:
        this.connection === "unreachable" ? "/run/secret/socket: no such file" : null,
      syncedAt: this.syncedAt,
      mode: "system",
      virt: { virtType: "qemu", reason: "no_device", detail: "open /dev/kvm: ENOENT" },
      libvirtVersion: "9.0.0",
      qemuVersion: "7.2.22",
      cpuModel: "x",
      cpuCount: this.cpuCount,
      memoryKib: this.memoryKib,
      memoryFreeKib: this.memoryKib,
      pools: this.pools,
      networks: this.networks,
      vmCount: this.vms.size,
      unmanagedCount: 0,
    };
  }
}

/** Hosts for tests of what needs no libvirt: rules, rights and rows. */
export class FakeHosts implements Hosts {
  private readonly byId = new Map<string, FakeHost>();
  private readonly listeners = new Set<(host: Host, change: InventoryChange) => void>();

  add(id: string): FakeHost {
    const host = new FakeHost(id, (from, change) => {
      for (const listener of this.listeners) listener(from, change);
    });
    this.byId.set(id, host);
    return host;
  }

  get(hostId: string): FakeHost | null {
    return this.byId.get(hostId) ?? null;
  }

  list(): FakeHost[] {
    return [...this.byId.values()];
  }

  onChange(listener: (host: Host, change: InventoryChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
