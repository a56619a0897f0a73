import { callAction, knock } from "../knock";
import type { Row } from "../row";

/** What shows a VM's screen, or lets others see, record or watch it. */
export const consoleRows: Row[] = [
  {
    door: "action setConsoleControlAction",
    needs: "vm.console",
    knock: async (cell) =>
      callAction(cell, "setConsoleControlAction", {
        vmId: (await cell.things.vm()).id,
        consoleId: null,
      }),
  },
  {
    door: "action listConsoleSharesAction",
    needs: "vm.console",
    knock: async (cell) =>
      callAction(cell, "listConsoleSharesAction", { vmId: (await cell.things.vm()).id }),
  },
  {
    door: "action createConsoleShareAction",
    needs: "vm.console",
    insideOnly: true,
    knock: async (cell) =>
      callAction(cell, "createConsoleShareAction", {
        vmId: (await cell.things.vm()).id,
        name: "support",
      }),
  },
  {
    door: "action revokeConsoleShareAction",
    needs: "vm.console",
    async knock(cell) {
      const { id: vmId } = await cell.things.vm();
      const shareId = (await cell.things.consoleShare(vmId)).id;
      return callAction(cell, "revokeConsoleShareAction", { vmId, shareId });
    },
    async nested(cell) {
      const { id: vmId } = await cell.things.vm();
      const other = await cell.otherThings.consoleShare((await cell.otherThings.vm()).id);
      return callAction(cell, "revokeConsoleShareAction", { vmId, shareId: other.id });
    },
  },
  {
    door: "action joinShareAction",
    needs: "nothing",
    knock: (cell) => callAction(cell, "joinShareAction", { token: "none", name: "Vera" }),
  },
  {
    door: "POST /share/[share]/ticket",
    needs: "nothing",
    knock: (cell) => knock(cell, "/share/none/ticket", { method: "POST" }),
  },
  {
    door: "POST /share/[share]/now",
    needs: "nothing",
    knock: (cell) => knock(cell, "/share/none/now", { method: "POST" }),
  },
  {
    door: "action listWatchesAction",
    needs: "vm.screen",
    insideOnly: true,
    knock: async (cell) =>
      callAction(cell, "listWatchesAction", { vmId: (await cell.things.vm()).id }),
  },
  {
    door: "action addWatchAction",
    needs: "vm.console",
    insideOnly: true,
    knock: async (cell) =>
      callAction(cell, "addWatchAction", {
        vmId: (await cell.things.vm()).id,
        watch: { name: "w", kind: "screen", texts: ["login:"] },
      }),
  },
  {
    door: "action removeWatchAction",
    needs: "vm.console",
    knock: async (cell) => callAction(cell, "removeWatchAction", await cell.things.watch()),
  },
  {
    door: "POST /p/[project]/vms/[id]/console/ticket",
    needs: "vm.console",
    async knock(cell) {
      const { id } = await cell.things.vm();
      const path = `/p/${cell.project.slug}/vms/${id}/console/ticket`;
      return knock(cell, path, { method: "POST" });
    },
  },
  {
    door: "GET /p/[project]/project/recordings/[id]/segments/[segment]",
    needs: "recording.read",
    async knock(cell) {
      const id = await cell.things.recording();
      return knock(cell, `/p/${cell.project.slug}/project/recordings/${id}/segments/0`);
    },
    // There is no file: whoever is let in finds nothing.
    refusedInput: true,
  },
  {
    door: "GET /p/[project]/vms/[id]/screenshot",
    needs: "vm.screen",
    insideOnly: true,
    async knock(cell) {
      const { id } = await cell.things.vm();
      return knock(cell, `/p/${cell.project.slug}/vms/${id}/screenshot`);
    },
  },
  {
    door: "POST /p/[project]/vms/[id]/console/serial/ticket",
    needs: "vm.console",
    async knock(cell) {
      const { id } = await cell.things.vm();
      const path = `/p/${cell.project.slug}/vms/${id}/console/serial/ticket`;
      return knock(cell, path, { method: "POST" });
    },
  },
];
