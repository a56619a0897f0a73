import { addDisk } from "../../disk/add-disk";
import { attachDisk } from "../../disk/attach-disk";
import { deleteDisk } from "../../disk/delete-disk";
import { detachDisk } from "../../disk/detach-disk";
import { growDisk } from "../../disk/grow-disk";
import { setDiskLimits } from "../../disk/set-disk-limits";
import { setDiskSettings } from "../../disk/set-disk-settings";
import { compactDisk } from "../../volume/compact-disk";
import { convertDisk } from "../../volume/convert-disk";
import { diskOf, keptDiskOf, type Played, type PlayedOnVm, pick, type Verbs } from "./move";

/** On disks that no VM has. */
export const keptDiskVerbs = {
  deleteDisk: async (played) => {
    const disk = await keptDiskOf(played);
    return disk && deleteDisk(played.ctx, { diskId: disk.id });
  },
} satisfies Verbs<Played>;

/** On a VM's disks. */
export const diskVerbs = {
  addDisk: ({ ctx, vm, size, flag }) =>
    addDisk(ctx, { vmId: vm.id, sizeGib: size, format: flag ? "qcow2" : "raw" }),
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
    const disk = await keptDiskOf(played);
    return disk && attachDisk(played.ctx, { vmId: played.vm.id, diskId: disk.id });
  },
  setDisk: async (played) => {
    const disk = await diskOf(played);
    const { ctx, vm, size, flag } = played;
    const bus = pick(["virtio", "scsi", "sata"] as const, size) ?? "virtio";
    const asked = { bus, ...(flag && ({ cache: "writeback", discard: "ignore" } as const)) };
    return disk && setDiskSettings(ctx, { vmId: vm.id, target: disk.target, ...asked });
  },
  limitDisk: async (played) => {
    const disk = await diskOf(played);
    const { ctx, vm, size, flag } = played;
    const limits = { iops: flag ? 100 * size : null, iopsBurst: flag ? 1_000 : null };
    const none = { mibps: null, mibpsBurst: null };
    return disk && setDiskLimits(ctx, { vmId: vm.id, target: disk.target, ...limits, ...none });
  },
  convertDisk: async (played) => {
    const disk = await diskOf(played);
    const { ctx, vm, size, flag: keepOld } = played;
    if (disk === null) return null;
    const format = disk.format === "raw" ? "qcow2" : "raw";
    const asked = { vmId: vm.id, target: disk.target, format, keepOld } as const;
    return convertDisk(ctx, { ...asked, copy: size === 3 });
  },
  compactDisk: async (played) => {
    const disk = await diskOf(played);
    const { ctx, vm, flag: keepOld } = played;
    return disk && compactDisk(ctx, { vmId: vm.id, target: disk.target, keepOld });
  },
} satisfies Verbs<PlayedOnVm>;
