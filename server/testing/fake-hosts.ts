import type { Host, Hosts, Inventory, InventoryChange, LiveVm } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";

type Listener = (host: Host, change: InventoryChange) => void;

/** One host whose guests start and stop at a test's word. */
export interface FakeHosts extends Hosts {
  /** Starts the guest, with its VNC server at the path, and tells it. */
  start(uuid: string, path: string): void;
  /** Stops the guest; `quietly`: the news does not come by itself. */
  stop(uuid: string, quietly?: boolean): void;
  remove(uuid: string): void;
  /** Ends a complete resync in which nothing new was told. */
  resync(): void;
  bootIdOf(uuid: string): string;
  endpoint(uuid: string): { path: string; bootId: string };
}

const sizes = { vcpus: 1, maxVcpus: 1, memoryKib: 1024, maxMemoryKib: 1024 };

function liveVm(uuid: string, bootId: string | null): LiveVm {
  return {
    uuid,
    domainName: uuid,
    hostId: "local",
    vmId: null,
    projectId: null,
    title: null,
    state: bootId === null ? "off" : "running",
    stateReason: null,
    bootId,
    persistent: true,
    autostart: false,
    virtType: "qemu",
    firmware: "bios",
    machine: null,
    live: sizes,
    next: sizes,
    differs: false,
    cpuPercent: null,
    memoryUsedKib: null,
    disks: [],
    nextDisks: [],
    nics: [],
    nextNics: [],
    boot: [],
    modules: { now: null, next: null },
    freePorts: 9,
    addresses: [],
    agentConnected: false,
    screen: "socket",
    hotAddedVcpus: 0,
    recovery: {
      now: null,
      next: { onPanic: "ignore", watchdog: "none" },
    },
    clipboard: { now: null, next: false, agent: false },
    video: { now: null, next: "virtio" },
    pins: { now: null, next: { vcpus: [null], emulator: null } },
    cpu: { now: null, next: { topology: null, model: "maximum" } },
    snapshots: [],
  };
}

/** An inventory as lib/hypervisor promises it, without a libvirtd behind. */
export function fakeHosts(): FakeHosts {
  const vms = new Map<string, LiveVm>();
  const paths = new Map<string, string>();
  const listeners = new Set<Listener>();
  let boots = 0;
  const inventory: Inventory = {
    get: (uuid) => vms.get(uuid) ?? null,
    list: () => [...vms.values()],
    networks: () => [],
    pools: () => [],
    onChange: () => () => undefined,
    attend: () => () => undefined,
    refresh: async (uuid) => vms.get(uuid) ?? null,
  };
  const host: Host = {
    id: "local",
    name: "local",
    inventory,
    connection: "connected",
    view: () => {
      throw new Error("consoles do not ask for a host's view");
    },
  };
  const tell = (change: InventoryChange) => {
    for (const listener of listeners) listener(host, change);
  };
  const put = (vm: LiveVm, quietly = false) => {
    vms.set(vm.uuid, vm);
    if (!quietly) tell({ type: "vm", vm });
  };
  return {
    get: (hostId) => (hostId === "local" ? host : null),
    list: () => [host],
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start(uuid, path) {
      boots += 1;
      paths.set(uuid, path);
      put(liveVm(uuid, `boot-${boots}`));
    },
    stop: (uuid, quietly) => put(liveVm(uuid, null), quietly),
    remove(uuid) {
      vms.delete(uuid);
      tell({ type: "vm.removed", uuid });
    },
    resync: () => tell({ type: "resync" }),
    bootIdOf: (uuid) => vms.get(uuid)?.bootId ?? "off",
    endpoint(uuid) {
      const bootId = vms.get(uuid)?.bootId;
      const path = paths.get(uuid);
      if (!bootId || !path) throw new AppError({ code: "vm.bad_state", message: "guest is off" });
      return { path, bootId };
    },
  };
}
