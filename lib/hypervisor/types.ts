import type { ImportDrivers } from "@/lib/model/appliance";
import type { BootDevice } from "@/lib/model/boot";
import type { ClipboardView } from "@/lib/model/clipboard";
import type { CpuView } from "@/lib/model/cpu";
import type { DiskLimits } from "@/lib/model/disk-limits";
import type { DiskSettings } from "@/lib/model/disk-settings";
import type { HostConnection, HostView, NetworkView, PoolView } from "@/lib/model/host";
import type { ModuleRooms } from "@/lib/model/memory-modules";
import type { NicSetting } from "@/lib/model/nic";
import type { Pins } from "@/lib/model/pinning";
import type { RecoveryView } from "@/lib/model/recovery";
import type { SnapshotView } from "@/lib/model/snapshot";
import type { VideoModel, VideoView } from "@/lib/model/video";
import type { Firmware, VirtType, VmSizes } from "@/lib/model/vm";
import type { VmState } from "@/lib/model/vm-state";

/** A drive as the live definition has it. */
export interface LiveDisk {
  target: string;
  bus: string;
  device: "disk" | "cdrom";
  format: string | null;
  pool: string | null;
  volume: string | null;
  /** Path on the host: for our own use, never for a browser. */
  path: string | null;
  capacityBytes: number | null;
  allocationBytes: number | null;
  bootOrder: number | null;
  /** What its traffic is held to. */
  limits: DiskLimits;
  settings: DiskSettings;
}

/** Where a disk's content lies; `path` is for our own use, never for a browser. */
export type Place = Pick<LiveDisk, "pool" | "volume" | "path">;

/** A snapshot as libvirt has it. */
export interface LiveSnapshot extends Omit<SnapshotView, "sameDisks" | "disks"> {
  /** Disks with what holds their content of that time, and what was laid on top of it. */
  disks: (Place & { target: string; format: string | null; overlay: Place | null })[];
  /** What lay in its CD drives. */
  media: Place[];
}

export interface LiveNic extends NicSetting {
  mac: string;
  /** libvirt's type of it: "network", "user", "bridge"… */
  type: string;
  tap: string | null;
}

/** What the inventory knows of one domain; the source is libvirt alone. */
export interface LiveVm {
  uuid: string;
  domainName: string;
  hostId: string;
  /** From our `<metadata>`; null on a domain that Portico did not make. */
  vmId: string | null;
  projectId: string | null;
  title: string | null;
  state: VmState;
  stateReason: string | null;
  /** Changes with every start; null when off. */
  bootId: string | null;
  persistent: boolean;
  autostart: boolean;
  virtType: VirtType;
  firmware: Firmware;
  machine: string | null;
  live: VmSizes;
  next: VmSizes;
  modules: ModuleRooms;
  /** Whether the next boot has another definition than what runs, sizes apart. */
  differs: boolean;
  cpuPercent: number | null;
  memoryUsedKib: number | null;
  disks: LiveDisk[];
  /** The same drives as the next start will have them. */
  nextDisks: LiveDisk[];
  nics: LiveNic[];
  /** The cards that the next start will have. */
  nextNics: LiveNic[];
  /** Ports that a running guest has for one more device; null when it is off or has no such ports. */
  freePorts: number | null;
  /** What its next start can come from. */
  boot: BootDevice[];
  addresses: string[];
  agentConnected: boolean;
  /** Where its screen is: on a unix socket alone, on a network address, or nowhere. */
  screen: "socket" | "address" | "none";
  recovery: RecoveryView;
  clipboard: ClipboardView;
  video: VideoView;
  cpu: CpuView;
  /** What its threads are bound to: of what runs (null when off), and of the next start. */
  pins: { now: Pins | null; next: Pins };
  /** vCPUs added since its start. */
  hotAddedVcpus: number;
  /** By age. */
  snapshots: LiveSnapshot[];
  /** True while the domain does not answer: what is here is what was known last. */
  stale?: boolean;
}

/** Everything needed to define a domain; ids and paths are chosen before anything is made. */
export interface DomainSpec {
  uuid: string;
  domainName: string;
  vmId: string;
  projectId: string;
  title: string;
  virtType: VirtType;
  firmware: Firmware;
  vcpus: number;
  maxVcpus: number;
  memoryKib: number;
  /** Ceiling for live growth: `<memory>`; `memoryKib` becomes `<currentMemory>`. */
  maxMemoryKib: number;
  /** How far memory modules can lead while it runs; null: no places for any. */
  modulesLimitKib: number | null;
  disk: { pool: string; volume: string; format: "qcow2" | "raw"; serial: string };
  cdrom: { pool: string; volume: string } | null;
  /** libvirt network name, or "user". */
  network: string;
  /** Disks beside the first, in order. */
  moreDisks?: DomainSpec["disk"][];
  /** Which hardware the guest finds for disks and network; absent: virtio. */
  drivers?: ImportDrivers;
  /** Absent: as the drivers say. */
  video?: VideoModel;
  /** Network cards, all on that network; absent: one. */
  nics?: number;
  /** Explicit unix socket of the VNC server, or null to let libvirt choose. */
  consoleSocketPath: string | null;
}

export type InventoryChange =
  | { type: "vm"; vm: LiveVm }
  | { type: "vm.removed"; uuid: string }
  | { type: "host" }
  /** A complete resync has ended: everything may have changed. */
  | { type: "resync" };

export interface Inventory {
  get(uuid: string): LiveVm | null;
  list(): LiveVm[];
  networks(): NetworkView[];
  pools(): PoolView[];
  /** Listener errors are logged, never thrown. Returns the unsubscribe function. */
  onChange(listener: (change: InventoryChange) => void): () => void;
  /**
   * Says that somebody looks: until the returned function is called (once), what has no event of
   * libvirt's is read often.
   */
  attend(): () => void;
  /** Re-reads one domain now, for what has no event (vCPU hot-plug, media). */
  refresh(uuid: string): Promise<LiveVm | null>;
}

export interface Host {
  readonly id: string;
  readonly name: string;
  readonly inventory: Inventory;
  readonly connection: HostConnection;
  /** False: the way to its libvirt carries no screens. */
  readonly screensInReach?: boolean;
  view(): HostView;
}

export interface Hosts {
  get(hostId: string): Host | null;
  list(): Host[];
  /** Any change of any host. */
  onChange(listener: (host: Host, change: InventoryChange) => void): () => void;
}
