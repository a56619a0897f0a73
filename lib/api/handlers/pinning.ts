import { getPinning } from "@/lib/services/vm/get-pinning";
import { pinVm } from "@/lib/services/vm/pin-vm";
import type { pinningOperations } from "../spec/pinning";
import type { HandlersOf } from "./handler";

export const pinningHandlers: HandlersOf<keyof typeof pinningOperations> = {
  getVmPinning: (ctx, input) => getPinning(ctx, input),
  pinVm: (ctx, input) => pinVm(ctx, input),
};
