import fc from "fast-check";
import type { Vm } from "@/lib/db/generated/client";
import type { Context } from "../../context";
import { addDisk } from "../../disk/add-disk";
import { attachDisk } from "../../disk/attach-disk";
import { deleteDisk } from "../../disk/delete-disk";
import { detachDisk } from "../../disk/detach-disk";
import { growDisk } from "../../disk/grow-disk";
import { addNic } from "../../nic/add-nic";
import { removeNic } from "../../nic/remove-nic";
import { setNicLink } from "../../nic/set-nic-link";
import { createSnapshot } from "../../snapshot/create-snapshot";
import { deleteSnapshot } from "../../snapshot/delete-snapshot";
import { revertSnapshot } from "../../snapshot/revert-snapshot";
import { cloneVm } from "../../vm/clone/clone-vm";
import { createVm } from "../../vm/create-vm";
import { deleteVm } from "../../vm/delete-vm";
import { discardSaved } from "../../vm/discard-saved";
import { powerVm } from "../../vm/power-vm";
import { resizeVm } from "../../vm/resize-vm";
import { saveVm } from "../../vm/save-vm";
import { setAutostart } from "../../vm/set-autostart";
import { setRecovery } from "../../vm/set-recovery";
import { updateVm } from "../../vm/update-vm";

/** What a verb is done with: numbers choose among what there is, so that every one fits. */
export interface Move {
  verb: Verb;
  /** Which VM, disk, card or snapshot, counted round. */
  which: number;
  size: number;
  flag: boolean;
  /** Whether the next move waits for the tasks of this one. */
  wait: boolean;
}

interface Played extends Omit<Move, "verb" | "wait"> {
  ctx: Context;
  projectId: string;
  vm: Vm;
}

/** One of those there are; null when there is none. */
function pick<T>(all: readonly T[], which: number): T | null {
  return all[which % Math.max(1, all.length)] ?? null;
}

const liveOf = ({ ctx, vm }: Played) => ctx.hosts.get(vm.hostId)?.inventory.get(vm.uuid) ?? null;
const names = ["one", "two", "three", "four"] as const;
const nameOf = ({ which }: Played) => names[which % names.length] ?? names[0];

async function diskOf({ ctx, vm, which }: Played) {
  return pick(await ctx.db.disk.findMany({ where: { vmId: vm.id } }), which);
}

async function keptOf({ ctx, projectId, which }: Omit<Played, "vm">) {
  return pick(await ctx.db.disk.findMany({ where: { projectId, vmId: null } }), which);
}

/** What needs no VM. */
const inProject = {
  create: ({ ctx, projectId, which, size, flag }) =>
    createVm(ctx, {
      ...{ projectId, name: `vm-${which % 5}`, imageId: null, network: "default" },
      ...{ vcpus: size, memoryMib: 64 * size, diskGib: size, firmware: "bios" },
      diskFormat: flag ? "qcow2" : "raw",
    }),
  deleteDisk: async (played) => {
    const disk = await keptOf(played);
    return disk && deleteDisk(played.ctx, { diskId: disk.id });
  },
} satisfies Record<string, (played: Omit<Played, "vm">) => Promise<unknown>>;

/** What people do to a VM that is there, each by its use case. */
const onVm = {
  start: ({ ctx, vm }) => powerVm(ctx, { vmId: vm.id, verb: "start" }),
  shutdown: ({ ctx, vm }) => powerVm(ctx, { vmId: vm.id, verb: "shutdown" }),
  forceOff: ({ ctx, vm }) => powerVm(ctx, { vmId: vm.id, verb: "force_off" }),
  suspend: ({ ctx, vm }) => powerVm(ctx, { vmId: vm.id, verb: "suspend" }),
  resume: ({ ctx, vm }) => powerVm(ctx, { vmId: vm.id, verb: "resume" }),
  resize: ({ ctx, vm, size, flag }) =>
    resizeVm(ctx, { vmId: vm.id, vcpus: size, memoryMib: 64 * size, roomToGrow: flag }),
  rename: ({ ctx, vm, which }) => updateVm(ctx, { vmId: vm.id, name: `vm-${which % 5}` }),
  lock: ({ ctx, vm, flag }) => updateVm(ctx, { vmId: vm.id, locked: flag }),
  autostart: ({ ctx, vm, flag }) => setAutostart(ctx, { vmId: vm.id, autostart: flag }),
  recovery: ({ ctx, vm, flag }) =>
    setRecovery(ctx, { vmId: vm.id, onPanic: flag ? "restart" : "ignore", watchdog: "none" }),
  addNic: ({ ctx, vm }) => addNic(ctx, { vmId: vm.id, network: "default", model: "virtio" }),
  removeNic: async (played) => {
    const nic = pick(liveOf(played)?.nextNics ?? [], played.which);
    return nic && removeNic(played.ctx, { vmId: played.vm.id, mac: nic.mac });
  },
  linkNic: async (played) => {
    const nic = pick(liveOf(played)?.nextNics ?? [], played.which);
    const { ctx, vm, flag } = played;
    return nic && setNicLink(ctx, { vmId: vm.id, mac: nic.mac, up: flag });
  },
  addDisk: ({ ctx, vm, size }) => addDisk(ctx, { vmId: vm.id, sizeGib: size, format: "qcow2" }),
  growDisk: async (played) => {
    const disk = await diskOf(played);
    const { ctx, vm, size } = played;
    return disk && growDisk(ctx, { vmId: vm.id, target: disk.target, sizeGib: size + 1 });
  },
  detachDisk: async (played) => {
    const disk = await diskOf(played);
    const { ctx, vm, flag: remove } = played;
    const asked = { vmId: vm.id, target: disk?.target ?? "", remove, confirmName: null };
    return disk && detachDisk(ctx, asked);
  },
  attachDisk: async (played) => {
    const disk = await keptOf(played);
    return disk && attachDisk(played.ctx, { vmId: played.vm.id, diskId: disk.id });
  },
  snapshot: (played) =>
    createSnapshot(played.ctx, { vmId: played.vm.id, name: nameOf(played), description: "" }),
  revert: (played) => {
    const { ctx, vm, flag } = played;
    const first = flag ? "before" : null;
    return revertSnapshot(ctx, { vmId: vm.id, snapshot: nameOf(played), first, confirmName: null });
  },
  deleteSnapshot: (played) => {
    const { ctx, vm, flag: children } = played;
    return deleteSnapshot(ctx, { vmId: vm.id, snapshot: nameOf(played), children });
  },
  save: ({ ctx, vm }) => saveVm(ctx, { vmId: vm.id }),
  discardSaved: ({ ctx, vm }) => discardSaved(ctx, { vmId: vm.id }),
  clone: ({ ctx, vm, which }) =>
    cloneVm(ctx, { vmId: vm.id, name: `vm-${which % 5}`, description: "", linked: false }),
  delete: ({ ctx, vm, flag: keepDisks }) =>
    deleteVm(ctx, { vmId: vm.id, confirmName: null, keepDisks }),
} satisfies Record<string, (played: Played) => Promise<unknown>>;

export type Verb = keyof typeof onVm | keyof typeof inProject;
export const allVerbs = [...Object.keys(inProject), ...Object.keys(onVm)] as Verb[];

/** Does a move on one of the project's VMs; null where there is nothing to do it on. */
export async function play(ctx: Context, projectId: string, move: Move): Promise<unknown> {
  const vms = await ctx.db.vm.findMany({ where: { projectId }, orderBy: { createdAt: "asc" } });
  const vm = pick(vms, move.which);
  const { verb, which, size, flag } = move;
  const played = { ctx, projectId, which, size, flag };
  if (verb === "create" || verb === "deleteDisk") return inProject[verb](played);
  return vm && onVm[verb]({ ...played, vm });
}

/** What makes sense together: alone, most of these are refused most of the time. */
const together: readonly (readonly Verb[])[] = [
  ["start", "suspend", "resume"],
  ["forceOff", "start"],
  ["start", "save", "start"],
  ["start", "save", "discardSaved"],
  ["forceOff", "snapshot", "revert"],
  ["snapshot", "snapshot", "deleteSnapshot"],
  ["addDisk", "detachDisk", "attachDisk"],
  ["delete", "deleteDisk"],
  ["rename", "lock", "autostart", "recovery", "start", "shutdown"],
  ["addDisk", "growDisk"],
  ["addNic", "linkNic", "removeNic"],
  ["forceOff", "resize", "start"],
  ["forceOff", "clone"],
];

function known(of: readonly Verb[]): readonly (readonly Verb[])[] {
  return together.filter((verbs) => verbs.every((verb) => of.includes(verb)));
}

/** Sequences that begin with a VM, for without one little can be done. */
export function sequences(of: readonly Verb[], maxLength: number): fc.Arbitrary<Move[]> {
  const values = { which: fc.nat(7), size: fc.integer({ min: 1, max: 3 }), flag: fc.boolean() };
  const waits = fc.constant(true);
  const single = fc.record({ ...values, verb: fc.constantFrom(...of), wait: fc.boolean() });
  const several = fc
    .tuple(fc.constantFrom(...known(of)), fc.record({ ...values, wait: waits }))
    .map(([verbs, rest]) => verbs.map((verb) => ({ ...rest, verb })));
  const some = fc.oneof(
    single.map((move): Move[] => [move]),
    several,
  );
  const first = fc.record({ ...values, verb: fc.constant<Verb>("create"), wait: waits });
  return fc
    .tuple(first, fc.array(some, { minLength: 1, maxLength }))
    .map(([made, rest]) => [made, ...rest.flat()]);
}

/**
 * Sequences that are always among those that are played: every verb is in one of them, and so are
 * those that once found a fault.
 */
export function examples(of: readonly Verb[]): Move[][] {
  const values = { which: 0, size: 2 };
  const each = known(of).flatMap((verbs) =>
    [false, true].map((flag) =>
      ["create" as const, ...verbs].map((verb) => ({ ...values, verb, flag, wait: true })),
    ),
  );
  // Renamed while it was made, a VM kept its first name on the host.
  const renamed: Move[] = [
    { ...values, verb: "create", flag: true, wait: false },
    { ...values, verb: "rename", which: 1, flag: true, wait: true },
  ];
  return [renamed, ...each];
}
