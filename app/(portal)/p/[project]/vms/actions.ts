"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { cloneVmSchema } from "@/lib/model/clone";
import { createVmSchema, vmLimits } from "@/lib/model/vm";
import { powerVerbs } from "@/lib/model/vm-state";
import { bootOnce } from "@/lib/services/vm/boot-once";
import { cloneVm } from "@/lib/services/vm/clone/clone-vm";
import { planClone } from "@/lib/services/vm/clone/plan-clone";
import { createVm } from "@/lib/services/vm/create-vm";
import { deleteVm } from "@/lib/services/vm/delete-vm";
import { discardSaved } from "@/lib/services/vm/discard-saved";
import { ejectMedia } from "@/lib/services/vm/eject-media";
import { insertMedia } from "@/lib/services/vm/insert-media";
import { powerVm } from "@/lib/services/vm/power-vm";
import { resizeVm } from "@/lib/services/vm/resize-vm";
import { saveVm } from "@/lib/services/vm/save-vm";

const id = z.string().min(1).max(40);
const count = z.number().int().min(0);
const sizes = z.object({
  vcpus: count,
  maxVcpus: count,
  memoryKib: count,
  maxMemoryKib: count,
});

export const createVmAction = action(createVmSchema, createVm);

export const planCloneAction = action(z.object({ vmId: id }), planClone);

export const cloneVmAction = action(cloneVmSchema.extend({ vmId: id }), cloneVm);

export const powerVmAction = action(z.object({ vmId: id, verb: z.enum(powerVerbs) }), powerVm);

export const bootOnceAction = action(z.object({ vmId: id, imageId: id }), bootOnce);

export const saveVmAction = action(z.object({ vmId: id }), saveVm);

export const discardSavedAction = action(z.object({ vmId: id }), discardSaved);

export const resizeVmAction = action(
  z.object({
    vmId: id,
    vcpus: count,
    memoryMib: count,
    roomToGrow: z.boolean().optional(),
    memoryModules: z.boolean().optional(),
    seen: z.object({ live: sizes, next: sizes }),
  }),
  resizeVm,
);

export const ejectMediaAction = action(z.object({ vmId: id }), ejectMedia);

export const insertMediaAction = action(z.object({ vmId: id, imageId: id }), insertMedia);

export const deleteVmAction = action(
  z.object({
    vmId: id,
    confirmName: z.string().max(4 * vmLimits.nameLength),
    keepDisks: z.boolean(),
  }),
  deleteVm,
);
