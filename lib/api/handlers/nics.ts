import { addNic } from "@/lib/services/nic/add-nic";
import { moveNic } from "@/lib/services/nic/move-nic";
import { removeNic } from "@/lib/services/nic/remove-nic";
import { setNicLimits } from "@/lib/services/nic/set-nic-limits";
import { setNicLink } from "@/lib/services/nic/set-nic-link";
import { setNicModel } from "@/lib/services/nic/set-nic-model";
import type { nicOperations } from "../spec/nics";
import type { HandlersOf } from "./handler";
import { toDetail } from "./views";

export const nicHandlers: HandlersOf<keyof typeof nicOperations> = {
  addVmNic: async (ctx, input, say) => toDetail(await addNic(ctx, input), say),
  removeVmNic: async (ctx, input, say) => toDetail(await removeNic(ctx, input), say),
  moveVmNic: async (ctx, input, say) => toDetail(await moveNic(ctx, input), say),
  setVmNicModel: async (ctx, input, say) => toDetail(await setNicModel(ctx, input), say),
  setVmNicLimits: async (ctx, input, say) => toDetail(await setNicLimits(ctx, input), say),
  setVmNicLink: async (ctx, input, say) => toDetail(await setNicLink(ctx, input), say),
};
