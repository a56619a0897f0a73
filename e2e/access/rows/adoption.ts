import { callAction } from "../knock";
import type { Row } from "../row";

export const adoptionRows: Row[] = [
  ...["planAdoptionAction", "adoptVmAction"].map(
    (name): Row => ({
      door: `action ${name}`,
      needs: "vm.adopt",
      about: "project",
      // Of a machine that a project has: whoever is let in is told so.
      async knock(cell) {
        const id = await cell.definedVm();
        const { hostId, uuid } = await cell.db.vm.findUniqueOrThrow({ where: { id } });
        return callAction(cell, name, { projectId: cell.project.id, hostId, uuid });
      },
    }),
  ),
  {
    door: "action releaseVmAction",
    needs: "vm.adopt",
    about: "project",
    knock: async (cell) =>
      callAction(cell, "releaseVmAction", { vmId: (await cell.things.vm()).id }),
  },
];
