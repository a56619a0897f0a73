"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { lockVm } from "@/lib/services/vm/lock-vm";
import { setAutostart } from "@/lib/services/vm/set-autostart";

export const setAutostartAction = action(
  z.object({ vmId: z.string().min(1).max(40), autostart: z.boolean() }),
  setAutostart,
);

export const lockVmAction = action(
  z.object({ vmId: z.string().min(1).max(40), locked: z.boolean() }),
  lockVm,
);
