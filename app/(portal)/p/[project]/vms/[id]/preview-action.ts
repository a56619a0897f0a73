"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { vmChangeSchema } from "@/lib/model/vm-change";
import { previewChange } from "@/lib/services/vm/preview/preview-change";

const asked = z.object({ vmId: z.string().min(1).max(40), change: vmChangeSchema });

export const previewChangeAction = action(asked, previewChange);
