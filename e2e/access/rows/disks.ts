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
    door: "action attachDiskAction",
    needs: "vm.disk",
    knock: async (cell) =>
      callAction(cell, "attachDiskAction", {
        vmId: (await cell.things.vm()).id,
        diskId: await cell.things.keptDisk(),
      }),
    nested: async (cell) =>
      callAction(cell, "attachDiskAction", {
        vmId: (await cell.things.vm()).id,
        diskId: await cell.otherThings.keptDisk(),
      }),
  },
  {
    door: "action setBootOrderAction",
    needs: "vm.boot",
    knock: async (cell) =>
      callAction(cell, "setBootOrderAction", {
        vmId: (await cell.things.vm()).id,
        order: ["vda"],
      }),
  },
  {
    door: "action limitDiskAction",
    needs: "vm.set_disk_limits",
    about: "project",
    knock: async (cell) =>
      callAction(cell, "limitDiskAction", {
        vmId: (await cell.things.vm()).id,
        target: "vda",
        iops: 100,
      }),
  },
  {
    door: "action planDiskSettingsAction",
    needs: "vm.read",
    knock: async (cell) =>
      callAction(cell, "planDiskSettingsAction", {
        vmId: (await cell.things.vm()).id,
        target: "vda",
      }),
  },
  {
    door: "action setDiskSettingsAction",
    needs: "vm.disk",
    knock: async (cell) =>
      callAction(cell, "setDiskSettingsAction", {
        vmId: (await cell.things.vm()).id,
        target: "vda",
        discard: "ignore",
      }),
  },
  {
    door: "action detachDiskAction",
    needs: "vm.disk",
    knock: async (cell) =>
      callAction(cell, "detachDiskAction", {
        vmId: (await cell.things.vm()).id,
        target: "vda",
        remove: false,
        confirmName: "",
      }),
  },
  {
    door: "action convertDiskAction",
    needs: "vm.disk",
    knock: async (cell) =>
      callAction(cell, "convertDiskAction", {
        vmId: (await cell.things.vm()).id,
        target: "vda",
        format: "raw",
        copy: false,
        keepOld: false,
      }),
  },
  {
    door: "action checkDiskAction",
    needs: "vm.disk",
    knock: async (cell) =>
      callAction(cell, "checkDiskAction", {
        vmId: (await cell.things.vm()).id,
        target: "vda",
      }),
  },
  {
    door: "action compactDiskAction",
    needs: "vm.disk",
    knock: async (cell) =>
      callAction(cell, "compactDiskAction", {
        vmId: (await cell.things.vm()).id,
        target: "vda",
        keepOld: false,
      }),
  },
  {
    door: "action deleteDiskAction",
    needs: "disk.delete",
    knock: async (cell) =>
      callAction(cell, "deleteDiskAction", { diskId: await cell.things.keptDisk() }),
  },
];
