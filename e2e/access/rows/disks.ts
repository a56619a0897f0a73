import { callAction } from "../knock";
import type { Row } from "../row";

export const diskRows: Row[] = [
  {
    door: "action deleteDiskAction",
    needs: "disk.delete",
    knock: async (cell) =>
      callAction(cell, "deleteDiskAction", { diskId: await cell.things.keptDisk() }),
  },
];
