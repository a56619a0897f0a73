"use server";

import { action } from "@/app/action";
import { projectLimitsSchema } from "@/lib/model/project-limits";
import { createProject, createProjectSchema } from "@/lib/services/project/create-project";
import { deleteProject, deleteProjectSchema } from "@/lib/services/project/delete-project";
import { setProjectLimits } from "@/lib/services/quota/set-project-limits";

export const createProjectAction = action(createProjectSchema, createProject);
export const deleteProjectAction = action(deleteProjectSchema, deleteProject);
export const setProjectLimitsAction = action(projectLimitsSchema, setProjectLimits);
