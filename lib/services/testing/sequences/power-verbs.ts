import { discardSaved } from "../../vm/discard-saved";
import { powerVm } from "../../vm/power-vm";
import { saveVm } from "../../vm/save-vm";
import type { PlayedOnVm, Verbs } from "./move";

/** On, off and in between. */
export const powerVerbs = {
  start: ({ ctx, vm }) => powerVm(ctx, { vmId: vm.id, verb: "start" }),
  shutdown: ({ ctx, vm }) => powerVm(ctx, { vmId: vm.id, verb: "shutdown" }),
  reboot: ({ ctx, vm }) => powerVm(ctx, { vmId: vm.id, verb: "reboot" }),
  reset: ({ ctx, vm }) => powerVm(ctx, { vmId: vm.id, verb: "reset" }),
  forceOff: ({ ctx, vm }) => powerVm(ctx, { vmId: vm.id, verb: "force_off" }),
  suspend: ({ ctx, vm }) => powerVm(ctx, { vmId: vm.id, verb: "suspend" }),
  resume: ({ ctx, vm }) => powerVm(ctx, { vmId: vm.id, verb: "resume" }),
  save: ({ ctx, vm }) => saveVm(ctx, { vmId: vm.id }),
  discardSaved: ({ ctx, vm }) => discardSaved(ctx, { vmId: vm.id }),
} satisfies Verbs<PlayedOnVm>;
