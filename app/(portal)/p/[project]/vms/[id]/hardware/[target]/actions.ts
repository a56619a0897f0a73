"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { compactDiskSchema, convertDiskSchema } from "@/lib/model/volume/convert-plan";
import { diskTargetSchema } from "@/lib/model/volume/disk-file";
import { checkDisk } from "@/lib/services/volume/check-disk";
import { compactDisk } from "@/lib/services/volume/compact-disk";
import { convertDisk } from "@/lib/services/volume/convert-disk";

const disk = { vmId: z.string().min(1).max(40), target: diskTargetSchema };

export const convertDiskAction = action(convertDiskSchema.extend(disk), convertDisk);

export const compactDiskAction = action(compactDiskSchema.extend(disk), compactDisk);

export const checkDiskAction = action(z.strictObject(disk), checkDisk);
