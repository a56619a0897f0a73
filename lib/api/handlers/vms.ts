import type { PowerVerb } from "@/lib/model/vm-state";
import type { Context } from "@/lib/services/context";
import { extendLease } from "@/lib/services/lease/extend-lease";
import { setLease } from "@/lib/services/lease/set-lease";
import { ownTask } from "@/lib/services/task/get-task";
import { createVm } from "@/lib/services/vm/create-vm";
import { deleteVm } from "@/lib/services/vm/delete-vm";
import { discardSaved } from "@/lib/services/vm/discard-saved";
import { ejectMedia } from "@/lib/services/vm/eject-media";
import { getVm } from "@/lib/services/vm/get-vm";
import { insertMedia } from "@/lib/services/vm/insert-media";
import { openConsole } from "@/lib/services/vm/open-console";
import { pageVms } from "@/lib/services/vm/page-vms";
import { planResize } from "@/lib/services/vm/plan-resize";
import { powerVm } from "@/lib/services/vm/power-vm";
import { resizeVm } from "@/lib/services/vm/resize-vm";
import { saveVm } from "@/lib/services/vm/save-vm";
import { setAutostart } from "@/lib/services/vm/set-autostart";
import { setClipboard } from "@/lib/services/vm/set-clipboard";
import { setRecovery } from "@/lib/services/vm/set-recovery";
import { setVideo } from "@/lib/services/vm/set-video";
import { updateVm } from "@/lib/services/vm/update-vm";
import type { vmOperations } from "../spec/vms";
import type { HandlersOf } from "./handler";
import { openCursor, sealCursor } from "./paged";
import { toApiTask, toDetail } from "./views";

const power = (verb: PowerVerb) => (ctx: Context, input: { vmId: string }) =>
  powerVm(ctx, { ...input, verb });

const toConsole = ({ ticket, path, recorded }: Awaited<ReturnType<typeof openConsole>>) => ({
  ticket,
  path,
  protocols: ["binary", `ticket.${ticket}`],
  recorded,
});

export const vmHandlers: HandlersOf<keyof typeof vmOperations> = {
  listVms: async (ctx, query) => {
    const cursor = openCursor(query.sort, query.cursor);
    const { items, next } = await pageVms(ctx, { ...query, cursor });
    return { items, nextCursor: sealCursor(query.sort, next) };
  },
  getVm: async (ctx, input, say) => toDetail(await getVm(ctx, input), say),
  createVm: async (ctx, input, say) => {
    const { taskId } = await createVm(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  updateVm,
  setVmAutostart: setAutostart,
  setVmVideo: async (ctx, input, say) => toDetail(await setVideo(ctx, input), say),
  setVmRecovery: async (ctx, input, say) => toDetail(await setRecovery(ctx, input), say),
  setVmClipboard: async (ctx, input, say) => toDetail(await setClipboard(ctx, input), say),
  deleteVm: async (ctx, input, say) => {
    const { taskId } = await deleteVm(ctx, { ...input, confirmName: null });
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  startVm: power("start"),
  shutdownVm: power("shutdown"),
  rebootVm: power("reboot"),
  resetVm: power("reset"),
  forceOffVm: power("force_off"),
  suspendVm: power("suspend"),
  resumeVm: power("resume"),
  saveVm: async (ctx, input, say) => {
    const { taskId } = await saveVm(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  discardVmSavedState: discardSaved,
  planVmResize: planResize,
  resizeVm: async (ctx, input, say) => toDetail(await resizeVm(ctx, input), say),
  insertVmMedia: async (ctx, input, say) => toDetail(await insertMedia(ctx, input), say),
  ejectVmMedia: async (ctx, input, say) => toDetail(await ejectMedia(ctx, input), say),
  extendVmLease: extendLease,
  setVmLease: setLease,
  createConsoleTicket: async (ctx, input) => toConsole(await openConsole(ctx, input)),
  createSerialTicket: async (ctx, input) =>
    toConsole(await openConsole(ctx, { ...input, kind: "serial" })),
};
