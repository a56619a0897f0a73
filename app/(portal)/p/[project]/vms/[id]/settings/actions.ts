"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { lockVm } from "@/lib/services/vm/lock-vm";

export const lockVmAction = action(
  z.object({ vmId: z.string().min(1).max(40), locked: z.boolean() }),
  lockVm,
);
