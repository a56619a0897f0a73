import type { diskFileOperations } from "../../spec/disk-files";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

const ofDisk = ({ ids }: ApiWorld) => ({ vmId: ids.vmId, target: "vda" });

const noRoom = ({ world }: ApiWorld) =>
  world.db.project.update({ where: { id: world.project }, data: { maxDiskGib: 1 } });

const offAndRaw = ({ world }: ApiWorld) => {
  for (const vm of world.host.inventory.list()) {
    const nextDisks = vm.nextDisks.map((disk) => ({ ...disk, format: "raw" }));
    world.host.set({ ...vm, state: "off", bootId: null, nextDisks });
  }
};

export const diskFileCases: CasesOf<typeof diskFileOperations> = {
  getVmDiskFile: {
    as: "viewer",
    input: ofDisk,
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", { vmId: "nobody0000" }],
      ["not_found", { target: "vdx" }],
      ["input.invalid", { target: "../etc" }],
    ],
  },
  convertVmDisk: {
    as: "member",
    input: (api) => ({ ...ofDisk(api), format: "raw", copy: false, keepOld: false }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", { vmId: "nobody0000" }],
      ["conflict.rule", { target: "vdx" }],
      ["quota.exceeded", {}, noRoom],
      ["input.invalid", { format: "vmdk" }],
    ],
  },
  compactVmDisk: {
    as: "member",
    input: (api) => ({ ...ofDisk(api), keepOld: true }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["conflict.rule", { target: "vdx" }],
      ["quota.exceeded", {}, noRoom],
    ],
  },
  checkVmDisk: {
    as: "member",
    input: ofDisk,
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", { target: "vdx" }],
      ["conflict.rule", {}, offAndRaw],
    ],
  },
};
