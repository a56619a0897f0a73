import { callAction } from "../knock";
import type { Row } from "../row";

export const tuningRows: Row[] = [
  {
    door: "action setHugePagesAction",
    needs: "host.tune",
    // As many as no host has the memory for: whoever is let in is told so.
    knock: (cell) =>
      callAction(cell, "setHugePagesAction", { hostId: "local", cell: 0, pages: 8_388_608 }),
  },
  {
    door: "action setBackupPoolAction",
    needs: "host.set_backup_pool",
    knock: (cell) => callAction(cell, "setBackupPoolAction", { hostId: "local", pool: null }),
  },
  {
    door: "action setSchedulerAction",
    needs: "host.tune",
    refusedInput: true,
    knock: (cell) =>
      callAction(cell, "setSchedulerAction", {
        hostId: "local",
        disk: "vda",
        scheduler: "nobodys",
      }),
  },
  {
    door: "action setStartOrderAction",
    needs: "vm.autostart",
    knock: async (cell) =>
      callAction(cell, "setStartOrderAction", {
        vmId: (await cell.things.vm()).id,
        place: { position: 1, delaySeconds: 0 },
      }),
  },
  {
    door: "action tuneVmAction",
    needs: "vm.tune",
    about: "project",
    async knock(cell) {
      const { id: vmId } = await cell.things.vm();
      const parts = { hugePages: false, memoryCells: null, ioThreads: 0, disks: [] };
      return callAction(cell, "tuneVmAction", { vmId, ...parts });
    },
  },
];
