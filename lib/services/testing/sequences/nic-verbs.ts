import type { LiveNic } from "@/lib/hypervisor/types";
import { addNic } from "../../nic/add-nic";
import { moveNic } from "../../nic/move-nic";
import { removeNic } from "../../nic/remove-nic";
import { setNicLimits } from "../../nic/set-nic-limits";
import { setNicLink } from "../../nic/set-nic-link";
import { setNicModel } from "../../nic/set-nic-model";
import { liveOf, type PlayedOnVm, pick, type Verbs } from "./move";

const nicOf = (played: PlayedOnVm): LiveNic | null =>
  pick(liveOf(played)?.nextNics ?? [], played.which);

/** On a VM's network cards. */
export const nicVerbs = {
  addNic: ({ ctx, vm }) => addNic(ctx, { vmId: vm.id, network: "default", model: "virtio" }),
  removeNic: async (played) => {
    const nic = nicOf(played);
    return nic && removeNic(played.ctx, { vmId: played.vm.id, mac: nic.mac });
  },
  linkNic: async (played) => {
    const nic = nicOf(played);
    const { ctx, vm, flag: up } = played;
    return nic && setNicLink(ctx, { vmId: vm.id, mac: nic.mac, up });
  },
  modelNic: async (played) => {
    const nic = nicOf(played);
    const { ctx, vm, flag } = played;
    const model = flag ? "e1000e" : "virtio";
    return nic && setNicModel(ctx, { vmId: vm.id, mac: nic.mac, model });
  },
  moveNic: async (played) => {
    const nic = nicOf(played);
    const { ctx, vm, flag, network: other } = played;
    const network = flag ? other : "default";
    return nic && moveNic(ctx, { vmId: vm.id, mac: nic.mac, network });
  },
  limitNic: async (played) => {
    const nic = nicOf(played);
    const { ctx, vm, size, flag } = played;
    const inbound = flag ? { average: 1_000 * size, peak: null, burst: null } : null;
    return nic && setNicLimits(ctx, { vmId: vm.id, mac: nic.mac, inbound, outbound: null });
  },
} satisfies Verbs<PlayedOnVm>;
