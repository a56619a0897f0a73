import type { Vm } from "@/lib/db/generated/client";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { toLeaseView } from "@/lib/model/lease";
import type { Firmware, VmSizes, VmView } from "@/lib/model/vm";
import { firmwares } from "@/lib/model/vm";
import { canDo, type PowerVerb, powerVerbs, type VmState } from "@/lib/model/vm-state";
import { revisionOf } from "../live/revision-of";
import { hardwareRevision } from "./hardware-of";
import { tagsOf } from "./tags";
import { waitingSizes } from "./waiting-sizes";

const startingVerbs: readonly PowerVerb[] = ["start", "reboot", "reset"];

type HostState = Pick<Host, "connection" | "view">;

/**
 * Joins what we own with what libvirt reports. Pure. A VM whose host is away keeps its last
 * known figures in the state `unknown`; one that a connected host no longer has is `missing`.
 */
export function toVmView(row: Vm, live: LiveVm | null, host: HostState | null): VmView {
  const state = stateOf(row, live, host);
  const rowSizes: VmSizes = {
    vcpus: row.vcpus,
    maxVcpus: row.vcpus,
    memoryKib: row.memoryKib,
    maxMemoryKib: Math.max(row.memoryKib, row.maxMemoryKib),
  };
  const sizes = live ?? { live: rowSizes, next: rowSizes };
  const settled = state !== "creating" && state !== "deleting";
  return {
    id: row.id,
    projectId: row.projectId,
    hostId: row.hostId,
    name: row.name,
    description: row.description,
    tags: tagsOf(row),
    state,
    stateReason: live?.stateReason ?? null,
    live: sizes.live,
    next: sizes.next,
    asked: { vcpus: row.vcpus, memoryKib: row.memoryKib, maxMemoryKib: row.maxMemoryKib },
    cpuPercent: live?.cpuPercent ?? null,
    memoryUsedKib: live?.memoryUsedKib ?? null,
    addresses: live?.addresses ?? [],
    agentConnected: live?.agentConnected ?? false,
    bootId: live?.bootId ?? null,
    verbs: powerVerbs.filter((verb) => canDo(verb, state) && mayGo(row, verb)),
    virtType: live?.virtType ?? host?.view().virt.virtType ?? "qemu",
    firmware: live?.firmware ?? firmwareOf(row),
    hardware: hardwareRevision(live),
    snapshots: live === null || live.snapshots.length === 0 ? "" : revisionOf(live.snapshots),
    pendingChanges: settled && live !== null && live.bootId !== null && waits(live, row.memoryKib),
    lease: toLeaseView(row),
    locked: row.locked,
    template: row.isTemplate,
    rescue: row.rescuedAt && {
      image: row.rescueImage ?? "",
      since: row.rescuedAt.toISOString(),
    },
    autostart: live?.autostart ?? false,
    createdAt: row.createdAt.toISOString(),
  };
}

/** After the end of its lease a VM goes down and stays down. */
export function endedByLease(row: Pick<Vm, "leaseStoppedAt">, verb: PowerVerb): boolean {
  return row.leaseStoppedAt !== null && startingVerbs.includes(verb);
}

function mayGo(row: Vm, verb: PowerVerb): boolean {
  return !endedByLease(row, verb) && !(row.isTemplate && startingVerbs.includes(verb));
}

function stateOf(row: Vm, live: LiveVm | null, host: HostState | null): VmState {
  if (row.lifecycle === "creating" || row.lifecycle === "deleting") return row.lifecycle;
  if (host?.connection !== "connected") return "unknown";
  if (live) return live.state;
  return host.view().syncedAt === null ? "unknown" : "missing";
}

function waits(live: LiveVm, askedKib: number): boolean {
  return live.differs || waitingSizes(live, askedKib).length > 0;
}

function firmwareOf(row: Vm): Firmware {
  return firmwares.find((each) => each === row.firmware) ?? "bios";
}
