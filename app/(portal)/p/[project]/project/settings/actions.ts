"use server";

import { action } from "@/app/action";
import { renameProject, renameProjectSchema } from "@/lib/services/project/rename-project";

export const renameProjectAction = action(renameProjectSchema, renameProject);
