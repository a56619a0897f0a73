import { getStartOrder } from "@/lib/services/start-order/get-start-order";
import { setStartOrder } from "@/lib/services/start-order/set-start-order";
import type { startOrderOperations } from "../spec/start-order";
import type { HandlersOf } from "./handler";

export const startOrderHandlers: HandlersOf<keyof typeof startOrderOperations> = {
  getVmStartOrder: (ctx, input) => getStartOrder(ctx, input),
  setVmStartOrder: (ctx, input) => setStartOrder(ctx, input),
};
