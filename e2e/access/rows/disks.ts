import { callAction } from "../knock";
import type { Row } from "../row";

export const diskRows: Row[] = [
  {
    door: "action addDiskAction",
    needs: "vm.disk",
    knock: async (cell) =>
      callAction(cell, "addDiskAction", {
        vmId: (await cell.things.vm()).id,
        sizeGib: 1,
        format: "qcow2",
      }),
  },
  {
    door: "action growDiskAction",
    needs: "vm.disk",
    knock: async (cell) =>
      callAction(cell, "growDiskAction", {
        vmId: (await cell.things.vm()).id,
        target: "vda",
        sizeGib: 2,
      }),
  },
  {
    door: "action deleteDiskAction",
    needs: "disk.delete",
    knock: async (cell) =>
      callAction(cell, "deleteDiskAction", { diskId: await cell.things.keptDisk() }),
  },
];
