"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { bootOrderSchema } from "@/lib/model/boot";
import { diskLimitsSchema } from "@/lib/model/disk-limits";
import { addDiskSchema, diskTargetSchema, growDiskSchema } from "@/lib/model/vm";
import { addDisk } from "@/lib/services/disk/add-disk";
import { attachDisk } from "@/lib/services/disk/attach-disk";
import { detachDisk } from "@/lib/services/disk/detach-disk";
import { growDisk } from "@/lib/services/disk/grow-disk";
import { setDiskLimits } from "@/lib/services/disk/set-disk-limits";
import { setBootOrder } from "@/lib/services/vm/set-boot-order";

const ofVm = { vmId: z.string().min(1).max(40) };
const ofDisk = { ...ofVm, target: diskTargetSchema };

export const addDiskAction = action(addDiskSchema.extend(ofVm), addDisk);

export const attachDiskAction = action(
  z.object({ ...ofVm, diskId: z.string().min(1).max(40) }),
  attachDisk,
);

export const detachDiskAction = action(
  z.object({ ...ofDisk, remove: z.boolean(), confirmName: z.string().max(400) }),
  detachDisk,
);

export const setBootOrderAction = action(bootOrderSchema.safeExtend(ofVm), setBootOrder);

export const limitDiskAction = action(diskLimitsSchema.safeExtend(ofDisk), setDiskLimits);

export const growDiskAction = action(growDiskSchema.extend(ofDisk), growDisk);
