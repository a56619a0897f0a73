"use server";

import { action } from "@/app/action";
import { createProject, createProjectSchema } from "@/lib/services/project/create-project";
import { deleteProject, deleteProjectSchema } from "@/lib/services/project/delete-project";

export const createProjectAction = action(createProjectSchema, createProject);
export const deleteProjectAction = action(deleteProjectSchema, deleteProject);
