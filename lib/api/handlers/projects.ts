import { addMember } from "@/lib/services/project/add-member";
import { changeRole } from "@/lib/services/project/change-role";
import { createProject } from "@/lib/services/project/create-project";
import { deleteProject } from "@/lib/services/project/delete-project";
import { getProject } from "@/lib/services/project/get-project";
import { listMembers } from "@/lib/services/project/list-members";
import { listProjects } from "@/lib/services/project/list-projects";
import { removeMember } from "@/lib/services/project/remove-member";
import { renameProject } from "@/lib/services/project/rename-project";
import { getProjectLimits } from "@/lib/services/quota/get-project-limits";
import { getQuota } from "@/lib/services/quota/get-quota";
import { setProjectLimits } from "@/lib/services/quota/set-project-limits";
import type { projectOperations } from "../spec/projects";
import type { HandlersOf } from "./handler";
import { noContent } from "./no-content";
import { pageOfList } from "./paged";

export const projectHandlers: HandlersOf<keyof typeof projectOperations> = {
  listProjects: async (ctx, query) => {
    const projects = (await listProjects(ctx)).filter(
      (each) => query.slug === undefined || each.slug === query.slug,
    );
    return pageOfList(projects, query, { id: (each) => each.id, key: (each) => each.name });
  },
  getProject,
  createProject: async (ctx, input) => ({ ...(await createProject(ctx, input)), role: null }),
  renameProject: (ctx, input) => noContent(renameProject(ctx, input)),
  deleteProject: (ctx, input) => noContent(deleteProject(ctx, input)),
  getQuota,
  getProjectLimits,
  setProjectLimits,
  listMembers: async (ctx, query) =>
    pageOfList(await listMembers(ctx, query), query, {
      id: (each) => each.userId,
      key: (each) => each.name,
    }),
  addMember: (ctx, input) => noContent(addMember(ctx, input)),
  changeMemberRole: (ctx, input) => noContent(changeRole(ctx, input)),
  removeMember: (ctx, input) => noContent(removeMember(ctx, input)),
};
