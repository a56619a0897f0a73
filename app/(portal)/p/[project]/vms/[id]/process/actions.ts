"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { pinSchema } from "@/lib/model/pin-schema";
import { pinVm } from "@/lib/services/vm/pin-vm";

export const pinVmAction = action(pinSchema.extend({ vmId: z.string().min(1).max(40) }), pinVm);
