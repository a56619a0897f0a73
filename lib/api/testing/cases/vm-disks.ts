import { liveDisk, withSnapshots } from "@/lib/services/testing/snapshots";
import type { vmDiskOperations } from "../../spec/vm-disks";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { Case, CasesOf } from "./case";

const ofDisk = ({ ids }: { ids: { vmId: string } }) => ({ vmId: ids.vmId, target: "vda" });

const snapshots = ({ world }: ApiWorld) => {
  for (const vm of world.host.inventory.list()) world.host.set(withSnapshots(vm, ["one"]));
};

const offWithDrive = ({ world }: ApiWorld) => {
  for (const vm of world.host.inventory.list()) {
    const drive = liveDisk(vm, { target: "sda", device: "cdrom", bootOrder: 2 });
    world.host.set({ ...vm, state: "off", bootId: null, nextDisks: [...vm.nextDisks, drive] });
  }
};

/** What every change of a VM's disk is refused for. */
const refusals: NonNullable<Case<keyof typeof vmDiskOperations>["refusals"]> = [
  ["not_found", { vmId: "nobody0000" }],
  ["not_found", { target: "vdz" }],
  ["vm.bad_state", {}, deleting],
  ["host.unreachable", {}, away],
  ["conflict.rule", {}, snapshots],
];

export const vmDiskCases: CasesOf<typeof vmDiskOperations> = {
  attachDisk: {
    as: "member",
    input: ({ ids }) => ({ vmId: ids.vmId, diskId: ids.diskId }),
    refusals: [
      ["not_found", { vmId: "nobody0000" }],
      ["not_found", { diskId: "nobody0000" }],
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["conflict.rule", {}, snapshots],
    ],
  },
  detachDisk: { as: "member", input: ofDisk, refusals },
  setBootOrder: {
    as: "member",
    input: ({ ids }) => ({ vmId: ids.vmId, order: ["vda"] }),
    onHost: true,
    refusals: [
      ["not_found", { vmId: "nobody0000" }],
      ["input.invalid", { order: ["vdz"] }],
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
    ],
  },
  bootVmOnce: {
    as: "member",
    input: (api) => {
      offWithDrive(api);
      return { vmId: api.ids.vmId, imageId: api.ids.imageId };
    },
    refusals: [
      ["not_found", { vmId: "nobody0000" }],
      ["not_found", { imageId: "nobody0000" }],
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
    ],
  },
  setDiskLimits: {
    as: "admin",
    input: (api) => ({ ...ofDisk(api), iops: 500 }),
    onHost: true,
    refusals: [
      // What has no row was attached by virsh.
      [
        "conflict.rule",
        {},
        ({ world, ids }) => world.db.disk.deleteMany({ where: { vmId: ids.vmId } }),
      ],
      ["not_found", { vmId: "nobody0000" }],
      ["not_found", { target: "vdz" }],
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
    ],
  },
  growDisk: {
    as: "member",
    input: (api) => ({ ...ofDisk(api), sizeGib: 20 }),
    refusals: [
      ...refusals,
      ["conflict.rule", { sizeGib: 1 }],
      [
        "quota.exceeded",
        {},
        ({ world }) =>
          world.db.project.update({ where: { id: world.project }, data: { maxDiskGib: 20 } }),
      ],
    ],
  },
};
