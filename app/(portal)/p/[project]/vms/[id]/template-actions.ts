"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { setTemplate } from "@/lib/services/vm/template/set-template";

export const setTemplateAction = action(
  z.object({ vmId: z.string().min(1).max(40), template: z.boolean() }),
  setTemplate,
);
