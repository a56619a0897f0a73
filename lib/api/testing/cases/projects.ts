import { addProject } from "@/lib/services/testing/world";
import type { projectOperations } from "../../spec/projects";
import type { CasesOf } from "./case";

const limits = (value: number | null) => ({
  vms: value,
  vcpus: value,
  memoryMib: value,
  diskGib: value,
  snapshots: value,
  images: value,
  imageGib: value,
});

export const projectCases: CasesOf<typeof projectOperations> = {
  listProjects: { as: "viewer", input: () => ({ slug: "one" }) },
  getProject: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId }) },
  createProject: {
    as: "admin",
    input: () => ({ name: "Third" }),
    refusals: [["input.invalid", { name: " " }]],
  },
  renameProject: {
    as: "owner",
    input: ({ ids }) => ({ projectId: ids.projectId, name: "Another" }),
  },
  deleteProject: {
    as: "admin",
    input: async ({ world }) => ({
      projectId: await addProject(world.db, "empty"),
      confirmName: "empty",
    }),
    refusals: [
      ["input.invalid", { confirmName: "full" }],
      ["conflict.rule", ({ ids }) => ({ projectId: ids.projectId, confirmName: "one" })],
    ],
  },
  getQuota: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId }) },
  getProjectLimits: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId }) },
  setProjectLimits: {
    as: "admin",
    input: ({ ids }) => ({ projectId: ids.projectId, limits: limits(5), leaseDays: null }),
    refusals: [["input.invalid", { limits: { ...limits(null), vms: -1 } }]],
  },
  listMembers: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId, sort: "-name" }) },
  addMember: {
    as: "admin",
    input: ({ ids, world }) => ({
      projectId: ids.projectId,
      email: world.outsider.actor.email,
      role: "viewer",
    }),
    refusals: [
      ["input.invalid", { email: "nobody@example.org" }],
      [
        "conflict.exists",
        {},
        ({ world }) =>
          world.db.membership.updateMany({
            where: { userId: world.outsider.actor.userId },
            data: { projectId: world.project },
          }),
      ],
    ],
  },
  changeMemberRole: {
    as: "owner",
    input: ({ ids }) => ({ projectId: ids.projectId, userId: ids.userId, role: "member" }),
    refusals: [
      ["not_found", { userId: "nobody0000" }],
      ["conflict.rule", ({ world }) => ({ userId: world.owner.actor.userId })],
    ],
  },
  removeMember: {
    as: "owner",
    input: ({ ids }) => ({ projectId: ids.projectId, userId: ids.userId }),
    refusals: [
      ["not_found", { userId: "nobody0000" }],
      ["conflict.rule", ({ world }) => ({ userId: world.owner.actor.userId })],
    ],
  },
};
