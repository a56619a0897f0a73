"use server";

import { action } from "@/app/action";
import { projectLimitsSchema } from "@/lib/model/project-limits";
import { setProjectLimits } from "@/lib/services/quota/set-project-limits";

export const setProjectLimitsAction = action(projectLimitsSchema, setProjectLimits);
