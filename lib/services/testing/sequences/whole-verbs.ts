import { adoptVm } from "../../adoption/adopt-vm";
import { releaseVm } from "../../adoption/release-vm";
import { exportVm } from "../../appliance/export-vm";
import { cloneVm } from "../../vm/clone/clone-vm";
import { createVm } from "../../vm/create-vm";
import { deleteVm } from "../../vm/delete-vm";
import { setTemplate } from "../../vm/template/set-template";
import { transferVm } from "../../vm/transfer/transfer-vm";
import { download } from "./download";
import { type Played, type PlayedOnVm, pick, type Verbs, vmName } from "./move";

/** VMs that come from nothing, or from elsewhere. */
export const comingVerbs = {
  create: ({ ctx, projects, which, size, flag }) =>
    createVm(ctx, {
      ...{ projectId: projects[0], name: `vm-${which % 5}`, imageId: null, network: "default" },
      ...{ vcpus: size, memoryMib: 64 * size, diskGib: size, firmware: "bios" },
      diskFormat: flag ? "qcow2" : "raw",
      memoryModules: which % 2 === 1,
    }),
  adopt: async ({ ctx, host, projects, released, ...played }) => {
    const uuid = pick([...released], played.which);
    if (uuid === null) return null;
    const projectId = projects[played.flag ? 0 : 1];
    // Its definition stays as it is, with its title.
    const name = host.inventory.get(uuid)?.title ?? "";
    const vm = await adoptVm(ctx, { hostId: host.id, uuid, projectId, name });
    released.delete(uuid);
    return vm;
  },
} satisfies Verbs<Played>;

const clone = (played: PlayedOnVm, linked: boolean) =>
  cloneVm(played.ctx, { vmId: played.vm.id, name: vmName(played), description: "", linked });

/** A VM as a whole: copied, given away and taken away. */
export const wholeVerbs = {
  template: ({ ctx, vm }) => setTemplate(ctx, { vmId: vm.id, template: true }),
  endTemplate: ({ ctx, vm }) => setTemplate(ctx, { vmId: vm.id, template: false }),
  clone: (played) => clone(played, false),
  linkedClone: (played) => clone(played, true),
  transfer: ({ ctx, vm, projects: [one, other] }) =>
    transferVm(ctx, { vmId: vm.id, toProjectId: vm.projectId === one ? other : one }),
  exportVm: ({ ctx, vm }) => download(exportVm(ctx, { vmId: vm.id })),
  release: async ({ ctx, vm, released }) => {
    await releaseVm(ctx, { vmId: vm.id });
    released.add(vm.uuid);
    return vm;
  },
  delete: ({ ctx, vm, flag: keepDisks }) =>
    deleteVm(ctx, { vmId: vm.id, confirmName: null, keepDisks }),
} satisfies Verbs<PlayedOnVm>;
