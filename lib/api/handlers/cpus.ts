import { getCpu } from "@/lib/services/vm/get-cpu";
import { setCpu } from "@/lib/services/vm/set-cpu";
import type { cpuOperations } from "../spec/cpus";
import type { HandlersOf } from "./handler";
import { toDetail } from "./views";

export const cpuHandlers: HandlersOf<keyof typeof cpuOperations> = {
  getVmCpu: (ctx, input) => getCpu(ctx, input),
  setVmCpu: async (ctx, input, say) => toDetail(await setCpu(ctx, input), say),
};
