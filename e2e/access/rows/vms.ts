import { callAction, knock } from "../knock";
import type { Row } from "../row";

const sizes = { vcpus: 1, maxVcpus: 1, memoryKib: 262_144, maxMemoryKib: 262_144 };

const newVm = (projectId: string, imageId: string | null) => ({
  projectId,
  // Every knock asks for another name, so that none is refused for the one before.
  name: `new ${Math.random().toString(36).slice(2)}`,
  imageId,
  vcpus: 1,
  memoryMib: 256,
  diskGib: 1,
  diskFormat: "qcow2",
  network: "default",
  firmware: "bios",
});

export const vmRows: Row[] = [
  {
    door: "action createVmAction",
    needs: "vm.create",
    knock: (cell) => callAction(cell, "createVmAction", newVm(cell.project.id, null)),
    nested: async (cell) =>
      callAction(cell, "createVmAction", newVm(cell.project.id, await cell.otherThings.image())),
  },
  {
    door: "action importVmAction",
    needs: "vm.create",
    knock: async (cell) => {
      const { projectId: _, diskGib: __, diskFormat: ___, ...vm } = newVm(cell.project.id, null);
      const imageId = await cell.things.appliance();
      const more = { drivers: "virtio", start: false, keep: true };
      return callAction(cell, "importVmAction", { ...vm, ...more, imageId });
    },
  },
  {
    door: "action cloneVmAction",
    needs: "vm.clone",
    knock: async (cell) =>
      callAction(cell, "cloneVmAction", {
        vmId: (await cell.things.vm()).id,
        name: `clone ${Math.random().toString(36).slice(2)}`,
        description: "",
        linked: false,
      }),
  },
  {
    door: "action setTemplateAction",
    needs: "vm.template",
    knock: async (cell) =>
      callAction(cell, "setTemplateAction", {
        vmId: (await cell.things.vm()).id,
        template: false,
      }),
  },
  {
    door: "action planCloneAction",
    needs: "vm.clone",
    knock: async (cell) =>
      callAction(cell, "planCloneAction", { vmId: (await cell.things.vm()).id }),
  },
  {
    door: "action planTransferAction",
    needs: "vm.transfer",
    knock: async (cell) =>
      callAction(cell, "planTransferAction", {
        vmId: (await cell.things.vm()).id,
        toProjectId: null,
      }),
  },
  {
    door: "action transferVmAction",
    needs: "vm.transfer",
    // To where it is: whoever may is told so.
    knock: async (cell) =>
      callAction(cell, "transferVmAction", {
        vmId: (await cell.things.vm()).id,
        toProjectId: cell.project.id,
      }),
  },
  {
    door: "action startRescueAction",
    needs: "vm.rescue",
    knock: async (cell) =>
      callAction(cell, "startRescueAction", {
        vmId: (await cell.things.vm()).id,
        imageId: await cell.things.image(),
      }),
    nested: async (cell) =>
      callAction(cell, "startRescueAction", {
        vmId: (await cell.things.vm()).id,
        imageId: await cell.otherThings.image(),
      }),
  },
  {
    door: "action endRescueAction",
    needs: "vm.rescue",
    knock: async (cell) =>
      callAction(cell, "endRescueAction", {
        vmId: (await cell.things.vm()).id,
        changed: "refuse",
      }),
  },
  {
    door: "action powerVmAction",
    needs: "vm.power",
    knock: async (cell) =>
      callAction(cell, "powerVmAction", { vmId: (await cell.things.vm()).id, verb: "start" }),
  },
  {
    door: "action bootOnceAction",
    needs: "vm.power",
    knock: async (cell) =>
      callAction(cell, "bootOnceAction", {
        vmId: (await cell.things.vm()).id,
        imageId: await cell.things.image(),
      }),
    nested: async (cell) =>
      callAction(cell, "bootOnceAction", {
        vmId: (await cell.things.vm()).id,
        imageId: await cell.otherThings.image(),
      }),
  },
  {
    door: "action saveVmAction",
    needs: "vm.power",
    knock: async (cell) => callAction(cell, "saveVmAction", { vmId: (await cell.things.vm()).id }),
  },
  {
    door: "action discardSavedAction",
    needs: "vm.power",
    knock: async (cell) =>
      callAction(cell, "discardSavedAction", { vmId: (await cell.things.vm()).id }),
  },
  {
    door: "action resizeVmAction",
    needs: "vm.resize",
    knock: async (cell) =>
      callAction(cell, "resizeVmAction", {
        vmId: (await cell.things.vm()).id,
        vcpus: 1,
        memoryMib: 256,
        seen: { live: sizes, next: sizes },
      }),
  },
  {
    door: "action ejectMediaAction",
    needs: "vm.media",
    knock: async (cell) =>
      callAction(cell, "ejectMediaAction", { vmId: (await cell.things.vm()).id }),
  },
  {
    door: "action insertMediaAction",
    needs: "vm.media",
    knock: async (cell) =>
      callAction(cell, "insertMediaAction", {
        vmId: (await cell.things.vm()).id,
        imageId: await cell.things.image(),
      }),
    nested: async (cell) =>
      callAction(cell, "insertMediaAction", {
        vmId: (await cell.things.vm()).id,
        imageId: await cell.otherThings.image(),
      }),
  },
  ...["planDefinitionAction", "defineVmAction"].map(
    (name): Row => ({
      door: `action ${name}`,
      needs: "vm.restore",
      knock: async (cell) =>
        callAction(cell, name, {
          vmId: (await cell.things.vm()).id,
          xml: "<domain type='qemu'/>",
          digest: "",
        }),
    }),
  ),
  {
    door: "action previewChangeAction",
    needs: "vm.read",
    async knock(cell) {
      const { id: vmId } = await cell.things.vm();
      const change = { verb: "ejectVmMedia", input: {} };
      return callAction(cell, "previewChangeAction", { vmId, change });
    },
  },
  {
    door: "action revertPendingAction",
    needs: "vm.revert",
    knock: async (cell) =>
      callAction(cell, "revertPendingAction", { vmId: (await cell.things.vm()).id }),
  },
  {
    door: "action addNicAction",
    needs: "vm.nic",
    async knock(cell) {
      const { id: vmId } = await cell.things.vm();
      return callAction(cell, "addNicAction", { vmId, network: "default", model: "virtio" });
    },
  },
  ...[
    ["moveNicAction", { network: "default" }] as const,
    ["setNicModelAction", { model: "virtio" }] as const,
  ].map(
    ([name, wanted]): Row => ({
      door: `action ${name}`,
      needs: "vm.nic",
      async knock(cell) {
        const { id: vmId } = await cell.things.vm();
        return callAction(cell, name, { vmId, mac: "52:54:00:00:00:01", ...wanted });
      },
    }),
  ),
  {
    door: "action setNicLimitsAction",
    needs: "vm.set_nic_limits",
    about: "project",
    async knock(cell) {
      const { id: vmId } = await cell.things.vm();
      const mac = "52:54:00:00:00:01";
      return callAction(cell, "setNicLimitsAction", { vmId, mac, inbound: null, outbound: null });
    },
  },
  {
    door: "action removeNicAction",
    needs: "vm.nic",
    async knock(cell) {
      const { id: vmId } = await cell.things.vm();
      return callAction(cell, "removeNicAction", { vmId, mac: "52:54:00:00:00:01" });
    },
  },
  {
    door: "action setNicLinkAction",
    needs: "vm.nic",
    async knock(cell) {
      const { id: vmId } = await cell.things.vm();
      return callAction(cell, "setNicLinkAction", { vmId, mac: "52:54:00:00:00:01", up: true });
    },
  },
  {
    door: "action setGuestPasswordAction",
    needs: "vm.guest",
    async knock(cell) {
      const { id: vmId } = await cell.things.vm();
      return callAction(cell, "setGuestPasswordAction", { vmId, user: "root", password: "secret" });
    },
  },
  {
    door: "action freezeGuestAction",
    needs: "vm.guest",
    async knock(cell) {
      const { id: vmId } = await cell.things.vm();
      return callAction(cell, "freezeGuestAction", { vmId, seconds: 5 });
    },
  },
  {
    door: "action thawGuestAction",
    needs: "vm.guest",
    async knock(cell) {
      const { id: vmId } = await cell.things.vm();
      return callAction(cell, "thawGuestAction", { vmId });
    },
  },
  {
    door: "action setAutostartAction",
    needs: "vm.autostart",
    knock: async (cell) =>
      callAction(cell, "setAutostartAction", {
        vmId: (await cell.things.vm()).id,
        autostart: false,
      }),
  },
  {
    door: "action setRecoveryAction",
    needs: "vm.recovery",
    knock: async (cell) =>
      callAction(cell, "setRecoveryAction", {
        vmId: (await cell.things.vm()).id,
        onPanic: "ignore",
        watchdog: "none",
      }),
  },
  {
    door: "action setClipboardAction",
    needs: "vm.clipboard",
    knock: async (cell) =>
      callAction(cell, "setClipboardAction", {
        vmId: (await cell.things.vm()).id,
        clipboard: false,
      }),
  },
  {
    door: "action setVideoAction",
    needs: "vm.video",
    knock: async (cell) =>
      callAction(cell, "setVideoAction", { vmId: (await cell.things.vm()).id, model: "virtio" }),
  },
  {
    door: "action pinVmAction",
    needs: "vm.pin",
    about: "project",
    async knock(cell) {
      const { id: vmId } = await cell.things.vm();
      return callAction(cell, "pinVmAction", { vmId, vcpus: [{ vcpu: 0, cpus: [0] }] });
    },
  },
  {
    door: "action setCpuAction",
    needs: "vm.resize",
    async knock(cell) {
      const { id: vmId } = await cell.things.vm();
      const topology = { sockets: 1, cores: 2, threads: 1 };
      return callAction(cell, "setCpuAction", { vmId, maxVcpus: 2, ...topology });
    },
  },
  {
    door: "action updateVmAction",
    needs: "vm.edit",
    knock: async (cell) =>
      callAction(cell, "updateVmAction", { vmId: (await cell.things.vm()).id, tags: ["new"] }),
  },
  {
    door: "action deleteVmAction",
    needs: "vm.delete",
    async knock(cell) {
      const { id: vmId, name: confirmName } = await cell.things.vm();
      return callAction(cell, "deleteVmAction", { vmId, confirmName, keepDisks: false });
    },
  },
  {
    door: "action createSnapshotAction",
    needs: "vm.snapshot",
    knock: async (cell) =>
      callAction(cell, "createSnapshotAction", {
        vmId: (await cell.things.vm()).id,
        name: "new",
        description: "",
        memory: false,
        quiesce: false,
      }),
  },
  {
    door: "action editSnapshotAction",
    needs: "vm.snapshot",
    knock: async (cell) =>
      callAction(cell, "editSnapshotAction", {
        vmId: (await cell.things.vm()).id,
        snapshot: "one",
        description: "x",
      }),
  },
  {
    door: "action revertSnapshotAction",
    needs: "vm.snapshot",
    knock: async (cell) =>
      callAction(cell, "revertSnapshotAction", {
        vmId: (await cell.things.vm()).id,
        snapshot: "one",
        first: null,
        confirmName: "one",
      }),
  },
  {
    door: "action deleteSnapshotAction",
    needs: "vm.snapshot",
    knock: async (cell) =>
      callAction(cell, "deleteSnapshotAction", {
        vmId: (await cell.things.vm()).id,
        snapshot: "one",
        children: false,
      }),
  },
  {
    door: "stream GET /api/exports/vms/[id]",
    needs: "vm.export",
    knock: async (cell) => knock(cell, `/api/exports/vms/${(await cell.things.vm()).id}`),
  },
];
