import { withSnapshots } from "@/lib/services/testing/snapshots";
import { addKeptDisk } from "@/lib/services/testing/world";
import type { diskOperations } from "../../spec/disks";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

const ofDisk = ({ ids }: { ids: { projectId: string; diskId: string } }) => ({
  projectId: ids.projectId,
  diskId: ids.diskId,
});

const snapshots = ({ world }: ApiWorld) => {
  for (const vm of world.host.inventory.list()) world.host.set(withSnapshots(vm, ["one"]));
};

export const diskCases: CasesOf<typeof diskOperations> = {
  listDisks: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId, sort: "-name" }) },
  getDisk: {
    as: "viewer",
    input: ofDisk,
    refusals: [["not_found", { diskId: "nobody0000" }]],
  },
  addDisk: {
    as: "member",
    input: ({ ids }) => ({ vmId: ids.vmId, sizeGib: 2, format: "qcow2" }),
    refusals: [
      ["not_found", { vmId: "nobody0000" }],
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["conflict.rule", {}, snapshots],
      [
        "conflict.exists",
        { suffix: "k3v9h2q7ne" },
        ({ world, ids }) => addKeptDisk(world, { volume: `p-${ids.vmId}-k3v9h2q7ne.qcow2` }),
      ],
      [
        "quota.exceeded",
        {},
        ({ world }) =>
          world.db.project.update({ where: { id: world.project }, data: { maxDiskGib: 1 } }),
      ],
    ],
  },
  deleteDisk: {
    as: "member",
    input: ofDisk,
    refusals: [
      [
        "conflict.rule",
        {},
        ({ world, ids }) =>
          world.db.disk.update({ where: { id: ids.diskId }, data: { vmId: ids.vmId } }),
      ],
      [
        "vm.bad_state",
        {},
        ({ world }) =>
          world.db.disk.updateMany({ where: { vmId: null }, data: { state: "deleting" } }),
      ],
      ["host.unreachable", {}, away],
    ],
  },
};
