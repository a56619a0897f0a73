import type { VirtType } from "./vm";
import type { VmState } from "./vm-state";

export const hostConnections = ["connecting", "connected", "unreachable"] as const;
export type HostConnection = (typeof hostConnections)[number];

/** Why guests run with KVM or in emulation (TCG); shown to everyone who creates a VM. */
export interface VirtTypeFinding {
  virtType: VirtType;
  /** `works`, or what stands in the way. */
  reason: "works" | "forced" | "no_device" | "no_permission" | "probe_failed" | "not_checked";
  /** The technical text behind it (QEMU's message, for instance). */
  detail: string;
}

export interface HostView {
  id: string;
  name: string;
  /** With secrets and user info removed. */
  uri: string;
  connection: HostConnection;
  connectionError: string | null;
  /** ISO time of the last complete resync; a page says "as of" when unreachable. */
  syncedAt: string | null;
  mode: "system" | "session" | "test";
  virt: VirtTypeFinding;
  libvirtVersion: string | null;
  qemuVersion: string | null;
  cpuModel: string | null;
  cpuCount: number;
  memoryKib: number;
  memoryFreeKib: number;
  pools: PoolView[];
  networks: NetworkView[];
  vmCount: number;
  unmanagedCount: number;
}

export interface PoolView {
  name: string;
  role: "images" | "disks" | "backups" | "other";
  active: boolean;
  capacityBytes: number;
  availableBytes: number;
}

export interface NetworkView {
  name: string;
  active: boolean;
  /** `user` is QEMU's user-mode network, the only one of a session host. */
  mode: "nat" | "route" | "bridge" | "isolated" | "open" | "user" | "other";
  bridge: string | null;
  /** First address with its prefix, "192.168.122.1/24". */
  address: string | null;
  dhcp: boolean;
  autostart: boolean;
  leases: NetworkLease[];
}

export interface NetworkLease {
  mac: string;
  address: string;
  hostname: string | null;
  expiresAt: string | null;
}

/** A domain that no project has: shown to admins, never touched unless one of them adopts it. */
export interface UnmanagedVmView {
  uuid: string;
  domainName: string;
  hostId: string;
  state: VmState;
  /** False: its host forgets it when it is off. */
  persistent: boolean;
  vcpus: number;
  memoryKib: number;
}
