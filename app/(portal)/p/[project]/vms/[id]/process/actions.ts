"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { pinSchema } from "@/lib/model/pin-schema";
import { tuneSchema } from "@/lib/model/tuning";
import { tuneVm } from "@/lib/services/tuning/tune-vm";
import { pinVm } from "@/lib/services/vm/pin-vm";

const vmId = z.string().min(1).max(40);

export const pinVmAction = action(pinSchema.extend({ vmId }), pinVm);
export const tuneVmAction = action(tuneSchema.extend({ vmId }), tuneVm);
