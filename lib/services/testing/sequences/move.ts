import type { Disk, Vm } from "@/lib/db/generated/client";
import type { SupervisedHost } from "@/lib/hypervisor/host";
import type { LiveVm } from "@/lib/hypervisor/types";
import type { Context } from "../../context";

/** Where one sequence is played: two projects of its own, on the lab's host. */
export interface Scene {
  ctx: Context;
  host: SupervisedHost;
  /** The first is where VMs are made; they may be given to the other one and back. */
  projects: readonly [string, string];
  /** Whether what its pools tell is of files; libvirt's test driver makes it up. */
  hasFiles: boolean;
  uploadsDir: string;
  /** A network besides "default". */
  network: string;
  /** UUIDs of domains that the portal let go of; nobody else on the host may take them. */
  released: Set<string>;
  /** By VM: the definition that was written down to be restored later. */
  definitions: Map<string, string>;
  /** How far its own time is ahead: every sequence has its own. */
  time: { aheadMs: number };
  /** Images of machines' files that it has begun to upload. */
  uploads: Set<string>;
  /** Whether a running guest's file systems are at rest, by its own word. */
  isFrozen: (uuid: string) => Promise<boolean>;
}

/** What a verb is done with: numbers choose among what there is, so that every one fits. */
export interface Values {
  /** Which VM, disk, card, snapshot or backup, counted round. */
  which: number;
  size: number;
  flag: boolean;
}

export interface Played extends Scene, Values {}

export interface PlayedOnVm extends Played {
  vm: Vm;
}

/** What an owner does, by its use case; null where there is nothing to do it on. */
export type Verbs<P> = Record<string, (played: P) => Promise<unknown>>;

/** One of those there are; null when there is none. */
export function pick<T>(all: readonly T[], which: number): T | null {
  return all[which % Math.max(1, all.length)] ?? null;
}

/** Another name than that of the VM it is done on, mostly; of few, so that some are taken. */
export function vmName({ which, size }: Pick<Values, "which" | "size">): string {
  return `vm-${(which + size) % 5}`;
}

export function liveOf({ host, vm }: PlayedOnVm): LiveVm | null {
  return host.inventory.get(vm.uuid);
}

/** A disk that a VM has, as its row is. */
export async function diskOf({ ctx, vm, which }: PlayedOnVm): Promise<Disk | null> {
  const disks = await ctx.db.disk.findMany({ where: { vmId: vm.id }, orderBy: { target: "asc" } });
  return pick(disks, which);
}

/** A disk of either project that no VM has. */
export async function keptDiskOf({ ctx, projects, which }: Played): Promise<Disk | null> {
  const where = { projectId: { in: [...projects] }, vmId: null };
  return pick(await ctx.db.disk.findMany({ where, orderBy: { id: "asc" } }), which);
}
