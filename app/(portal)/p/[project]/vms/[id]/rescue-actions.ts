"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { endRescueSchema, startRescueSchema } from "@/lib/model/rescue";
import { endRescue } from "@/lib/services/vm/rescue/end-rescue";
import { startRescue } from "@/lib/services/vm/rescue/start-rescue";

const vmId = z.string().min(1).max(40);

export const startRescueAction = action(startRescueSchema.extend({ vmId }), startRescue);

export const endRescueAction = action(endRescueSchema.extend({ vmId }), endRescue);
