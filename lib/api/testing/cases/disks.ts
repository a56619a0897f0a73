import type { diskOperations } from "../../spec/disks";
import { away } from "./before";
import type { CasesOf } from "./case";

const ofDisk = ({ ids }: { ids: { projectId: string; diskId: string } }) => ({
  projectId: ids.projectId,
  diskId: ids.diskId,
});

export const diskCases: CasesOf<typeof diskOperations> = {
  listDisks: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId, sort: "-name" }) },
  getDisk: {
    as: "viewer",
    input: ofDisk,
    refusals: [["not_found", { diskId: "nobody0000" }]],
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
