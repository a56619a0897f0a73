"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { addDiskSchema, diskTargetSchema, growDiskSchema } from "@/lib/model/vm";
import { addDisk } from "@/lib/services/disk/add-disk";
import { growDisk } from "@/lib/services/disk/grow-disk";

const ofVm = { vmId: z.string().min(1).max(40) };
const ofDisk = { ...ofVm, target: diskTargetSchema };

export const addDiskAction = action(addDiskSchema.extend(ofVm), addDisk);

export const growDiskAction = action(growDiskSchema.extend(ofDisk), growDisk);
