"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { transferVmSchema } from "@/lib/model/transfer";
import { planTransfer } from "@/lib/services/vm/transfer/plan-transfer";
import { transferVm } from "@/lib/services/vm/transfer/transfer-vm";

const id = z.string().min(1).max(40);

export const planTransferAction = action(
  z.object({ vmId: id, toProjectId: id.nullable() }),
  planTransfer,
);

export const transferVmAction = action(transferVmSchema.extend({ vmId: id }), transferVm);
