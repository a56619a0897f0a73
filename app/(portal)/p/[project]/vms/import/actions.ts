"use server";

import { action } from "@/app/action";
import { importVmSchema } from "@/lib/model/appliance";
import { importVm } from "@/lib/services/vm/import/import-vm";

export const importVmAction = action(importVmSchema, importVm);
