"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { bootOrderSchema } from "@/lib/model/boot";
import { diskLimitsSchema } from "@/lib/model/disk-limits";
import { diskSettingsSchema } from "@/lib/model/disk-settings";
import { addDiskSchema, diskTargetSchema, growDiskSchema } from "@/lib/model/vm";
import { addDisk } from "@/lib/services/disk/add-disk";
import { attachDisk } from "@/lib/services/disk/attach-disk";
import { detachDisk } from "@/lib/services/disk/detach-disk";
import { growDisk } from "@/lib/services/disk/grow-disk";
import { planDiskSettings } from "@/lib/services/disk/plan-disk-settings";
import { setDiskLimits } from "@/lib/services/disk/set-disk-limits";
import { setDiskSettings } from "@/lib/services/disk/set-disk-settings";
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

export const planDiskSettingsAction = action(diskSettingsSchema.extend(ofDisk), planDiskSettings);

export const setDiskSettingsAction = action(diskSettingsSchema.extend(ofDisk), setDiskSettings);

export const growDiskAction = action(growDiskSchema.extend(ofDisk), growDisk);
