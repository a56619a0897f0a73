import { setStartOrder } from "../../start-order/set-start-order";
import { defineVm } from "../../vm/definition/define-vm";
import { getDefinition } from "../../vm/definition/get-definition";
import { revertPending } from "../../vm/definition/revert-pending";
import { resizeVm } from "../../vm/resize-vm";
import { setAutostart } from "../../vm/set-autostart";
import { setBootOrder } from "../../vm/set-boot-order";
import { setCpu } from "../../vm/set-cpu";
import { setRecovery } from "../../vm/set-recovery";
import { setVideo } from "../../vm/set-video";
import { updateVm } from "../../vm/update-vm";
import { liveOf, type PlayedOnVm, type Verbs, vmName } from "./move";

/** What a VM is like, and what is said of it. */
export const settingsVerbs = {
  resize: ({ ctx, vm, size, flag }) =>
    resizeVm(ctx, { vmId: vm.id, vcpus: size, memoryMib: 64 * size, roomToGrow: flag }),
  /** Beyond any ceiling: by modules where there are places for them. */
  grow: ({ ctx, vm, size, flag }) =>
    resizeVm(ctx, { vmId: vm.id, vcpus: size, memoryMib: 384 + 64 * size, memoryModules: flag }),
  cpu: ({ ctx, vm, size }) =>
    setCpu(ctx, { vmId: vm.id, maxVcpus: 2 * size, sockets: 1, cores: size, threads: 2 }),
  rename: ({ ctx, vm, ...played }) => updateVm(ctx, { vmId: vm.id, name: vmName(played) }),
  describe: ({ ctx, vm, size, flag }) =>
    updateVm(ctx, { vmId: vm.id, description: `it's <${size}>`, tags: flag ? ["web", "b"] : [] }),
  lock: ({ ctx, vm, flag }) => updateVm(ctx, { vmId: vm.id, locked: flag }),
  autostart: ({ ctx, vm, flag }) => setAutostart(ctx, { vmId: vm.id, autostart: flag }),
  startOrder: ({ ctx, vm, size, flag }) =>
    setStartOrder(ctx, { vmId: vm.id, place: flag ? { position: size, delaySeconds: 0 } : null }),
  recovery: ({ ctx, vm, flag }) =>
    setRecovery(ctx, { vmId: vm.id, onPanic: flag ? "restart" : "ignore", watchdog: "none" }),
  video: ({ ctx, vm, flag }) => setVideo(ctx, { vmId: vm.id, model: flag ? "virtio" : "vga" }),
  bootOrder: async (played) => {
    const { ctx, vm, flag, size } = played;
    const ids = (liveOf(played)?.boot ?? []).map(({ id }) => id);
    return setBootOrder(ctx, { vmId: vm.id, order: (flag ? ids.reverse() : ids).slice(0, size) });
  },
  writeDown: async ({ ctx, vm, definitions }) => {
    const { nextBoot } = await getDefinition(ctx, { vmId: vm.id });
    definitions.set(vm.id, nextBoot.xml);
    return nextBoot;
  },
  /** The definition that was written down, whatever has become of the VM since. */
  define: async ({ ctx, vm, definitions }) => {
    const xml = definitions.get(vm.id);
    return xml === undefined ? null : defineVm(ctx, { vmId: vm.id, xml });
  },
  revertPending: ({ ctx, vm }) => revertPending(ctx, { vmId: vm.id }),
} satisfies Verbs<PlayedOnVm>;
