import { adoptVm } from "@/lib/services/adoption/adopt-vm";
import { planAdoption } from "@/lib/services/adoption/plan-adoption";
import { releaseVm } from "@/lib/services/adoption/release-vm";
import { listUnmanaged } from "@/lib/services/vm/list-unmanaged";
import type { adoptionOperations } from "../spec/adoptions";
import type { HandlersOf } from "./handler";
import { noContent } from "./no-content";

export const adoptionHandlers: HandlersOf<keyof typeof adoptionOperations> = {
  listUnmanagedVms: async (ctx) => ({ items: await listUnmanaged(ctx) }),
  planVmAdoption: async (ctx, input, say) => {
    const { problems, ...plan } = await planAdoption(ctx, input);
    return { ...plan, problems: problems.map((each) => ({ key: each.key, detail: say(each) })) };
  },
  adoptVm: (ctx, input) => adoptVm(ctx, input),
  releaseVm: (ctx, input) => noContent(releaseVm(ctx, input)),
};
