"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { setRecoverySchema } from "@/lib/model/recovery-schema";
import { setStartOrderSchema } from "@/lib/model/start-order";
import { updateVmSchema } from "@/lib/model/vm";
import { releaseVm } from "@/lib/services/adoption/release-vm";
import { setStartOrder } from "@/lib/services/start-order/set-start-order";
import { setAutostart } from "@/lib/services/vm/set-autostart";
import { setRecovery } from "@/lib/services/vm/set-recovery";
import { updateVm } from "@/lib/services/vm/update-vm";

const vmId = z.string().min(1).max(40);

export const setAutostartAction = action(z.object({ vmId, autostart: z.boolean() }), setAutostart);

export const setRecoveryAction = action(setRecoverySchema.extend({ vmId }), setRecovery);

/** Name, description, tags, and the lock against deletion. */
export const updateVmAction = action(updateVmSchema.extend({ vmId }), updateVm);

/** For administrators: the portal forgets the VM, its host does not. */
export const releaseVmAction = action(z.object({ vmId }), releaseVm);

/** Its place among the VMs that the portal starts after their host has booted. */
export const setStartOrderAction = action(setStartOrderSchema, setStartOrder);
