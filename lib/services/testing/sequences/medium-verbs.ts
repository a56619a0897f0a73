import { bootOnce } from "../../vm/boot-once";
import { ejectMedia } from "../../vm/eject-media";
import { insertMedia } from "../../vm/insert-media";
import { endRescue } from "../../vm/rescue/end-rescue";
import { startRescue } from "../../vm/rescue/start-rescue";
import type { PlayedOnVm, Verbs } from "./move";

/** The image of the project that the VM is in. */
async function imageOf({ ctx, vm }: PlayedOnVm): Promise<string> {
  const { projectId } = vm;
  return (await ctx.db.image.findFirstOrThrow({ where: { projectId, kind: "iso" } })).id;
}

/** What a VM has in its drive, and what it starts from. */
export const mediumVerbs = {
  insert: async (played) =>
    insertMedia(played.ctx, { vmId: played.vm.id, imageId: await imageOf(played) }),
  eject: ({ ctx, vm }) => ejectMedia(ctx, { vmId: vm.id }),
  bootOnce: async (played) =>
    bootOnce(played.ctx, { vmId: played.vm.id, imageId: await imageOf(played) }),
  rescue: async (played) =>
    startRescue(played.ctx, { vmId: played.vm.id, imageId: await imageOf(played) }),
  endRescue: ({ ctx, vm, flag }) =>
    endRescue(ctx, { vmId: vm.id, changed: flag ? "keep" : "refuse" }),
} satisfies Verbs<PlayedOnVm>;
