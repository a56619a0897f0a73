import { endRescue } from "@/lib/services/vm/rescue/end-rescue";
import { startRescue } from "@/lib/services/vm/rescue/start-rescue";
import type { vmRescueOperations } from "../spec/vm-rescues";
import type { HandlersOf } from "./handler";

export const vmRescueHandlers: HandlersOf<keyof typeof vmRescueOperations> = {
  startVmRescue: startRescue,
  endVmRescue: endRescue,
};
