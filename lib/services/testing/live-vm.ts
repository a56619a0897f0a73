import type { Vm } from "@/lib/db/generated/client";
import type { LiveVm } from "@/lib/hypervisor/types";

const plainCpu = { topology: null, model: "maximum" };
const unbound = { vcpus: [null, null], emulator: null };
const ignored = { onPanic: "ignore", watchdog: "none" } as const;

/** What libvirt would report of a VM that runs. */
export function liveVm(row: Vm, data: Partial<LiveVm> = {}): LiveVm {
  const sizes = {
    vcpus: row.vcpus,
    maxVcpus: 4,
    memoryKib: row.memoryKib,
    maxMemoryKib: 2 * row.memoryKib,
  };
  return {
    uuid: row.uuid,
    domainName: row.domainName,
    hostId: row.hostId,
    vmId: row.id,
    projectId: row.projectId,
    title: row.name,
    state: "running",
    stateReason: null,
    bootId: "boot-1",
    persistent: true,
    autostart: false,
    virtType: "qemu",
    firmware: "bios",
    machine: "pc-q35-7.2",
    live: sizes,
    next: sizes,
    differs: false,
    cpuPercent: 3,
    memoryUsedKib: 200_000,
    disks: [],
    nextDisks: [],
    nics: [],
    nextNics: [],
    freePorts: 9,
    modules: { now: null, next: null },
    recovery: { now: ignored, next: ignored },
    clipboard: { now: false, next: false, agent: false },
    video: { now: "virtio", next: "virtio" },
    pins: { now: unbound, next: unbound },
    cpu: { now: plainCpu, next: plainCpu },
    boot: [],
    addresses: [],
    agentConnected: false,
    screen: "socket",
    hotAddedVcpus: 0,
    snapshots: [],
    ...data,
  };
}
