import { defineVm } from "@/lib/services/vm/definition/define-vm";
import { getDefinition } from "@/lib/services/vm/definition/get-definition";
import { planDefinition } from "@/lib/services/vm/definition/plan-definition";
import { revertPending } from "@/lib/services/vm/definition/revert-pending";
import { previewChange } from "@/lib/services/vm/preview/preview-change";
import type { definitionOperations } from "../spec/definitions";
import type { HandlersOf } from "./handler";

export const definitionHandlers: HandlersOf<keyof typeof definitionOperations> = {
  getVmDefinition: async (ctx, { vmId, at }) => {
    const { now, nextBoot, ...rest } = await getDefinition(ctx, { vmId });
    return {
      ...rest,
      now: at === "next-boot" ? null : now,
      nextBoot: at === "now" ? null : nextBoot,
    };
  },
  planVmDefinition: (ctx, input) => planDefinition(ctx, input),
  defineVm: (ctx, input) => defineVm(ctx, input),
  previewVmChange: (ctx, input) => previewChange(ctx, input),
  revertVmPending: (ctx, input) => revertPending(ctx, input),
};
