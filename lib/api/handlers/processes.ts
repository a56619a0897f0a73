import { getProcess } from "@/lib/services/vm/get-process";
import type { processOperations } from "../spec/processes";
import type { HandlersOf } from "./handler";

export const processHandlers: HandlersOf<keyof typeof processOperations> = {
  getVmProcess: (ctx, input) => getProcess(ctx, input),
};
