import { getHostTuning } from "@/lib/services/tuning/get-host-tuning";
import { getVmTuning } from "@/lib/services/tuning/get-vm-tuning";
import { setHugePages } from "@/lib/services/tuning/set-huge-pages";
import { setScheduler } from "@/lib/services/tuning/set-scheduler";
import { tuneVm } from "@/lib/services/tuning/tune-vm";
import type { tuningOperations } from "../spec/tuning";
import type { HandlersOf } from "./handler";

export const tuningHandlers: HandlersOf<keyof typeof tuningOperations> = {
  getHostTuning: (ctx, input) => getHostTuning(ctx, input),
  setHostHugePages: (ctx, input) => setHugePages(ctx, input),
  setHostScheduler: (ctx, input) => setScheduler(ctx, input),
  getVmTuning: (ctx, input) => getVmTuning(ctx, input),
  tuneVm: (ctx, input) => tuneVm(ctx, input),
};
