import { z } from "zod";
import { emailSchema } from "@/lib/model/person";
import { projectNameSchema } from "@/lib/model/project";
import { type ProjectLimits, projectLimitsSchema } from "@/lib/model/project-limits";
import { type Amounts, highestLimit, type Quota } from "@/lib/model/quota";
import { projectRoles } from "@/lib/policies/permissions";
import type { MemberView } from "@/lib/services/project/list-members";
import type { ProjectSummary } from "@/lib/services/project/list-projects";
import { idSchema } from "./fields";
import { operation } from "./operation";
import { pageOf, pageQuery } from "./paging";

const projectParams = z.strictObject({ projectId: idSchema });
const memberParams = z.strictObject({ projectId: idSchema, userId: idSchema });
const roleSchema = z.enum(projectRoles);
const example = { projectId: "p7w2c4n8ta" };
const memberExample = { ...example, userId: "u2f6g1z5xs" };

export const projectSchema = z
  .object({
    id: idSchema,
    slug: z.string().describe("Its name in addresses of the portal."),
    name: z.string(),
    role: roleSchema.nullable().describe("Yours; null for who sees it without being a member."),
  })
  .meta({ id: "Project" }) satisfies z.ZodType<ProjectSummary>;

const memberSchema = z
  .object({
    userId: idSchema,
    name: z.string(),
    email: z.string(),
    role: roleSchema,
    disabled: z.boolean(),
  })
  .meta({ id: "Member" }) satisfies z.ZodType<MemberView>;

const amount = z.number().describe("MiB, GiB or a number, as the name says.");
const amountsSchema = z
  .object({
    vms: amount,
    vcpus: amount,
    memoryMib: amount,
    diskGib: amount,
    snapshots: amount,
    images: amount,
    imageGib: amount,
  })
  .meta({ id: "Amounts" }) satisfies z.ZodType<Amounts>;

const quotaSchema = z
  .object({
    limits: amountsSchema,
    used: amountsSchema.describe("What running tasks have reserved is in it."),
    reserved: amountsSchema.describe("The part of `used` whose task has not ended."),
  })
  .meta({ id: "Quota" }) satisfies z.ZodType<Quota>;

const ownLimit = z.int().nullable().describe("Null: what every project has.");
const ownLimitsSchema = z.object({
  vms: ownLimit,
  vcpus: ownLimit,
  memoryMib: ownLimit,
  diskGib: ownLimit,
  snapshots: ownLimit,
  images: ownLimit,
  imageGib: ownLimit,
});

const projectLimitsView = z
  .object({
    projectId: idSchema,
    own: ownLimitsSchema,
    leaseDays: z.int().nullable().describe("How long a new VM may live; null: without end."),
    quota: quotaSchema,
  })
  .meta({ id: "ProjectLimits" }) satisfies z.ZodType<ProjectLimits>;

const { leaseDays } = projectLimitsSchema.shape;
const limit = z
  .number("field.limit.number")
  .int("field.limit.number")
  .min(0, "field.limit.range")
  .max(highestLimit, "field.limit.range")
  .nullable();
const limits = z.strictObject({
  vms: limit,
  vcpus: limit,
  memoryMib: limit,
  diskGib: limit,
  snapshots: limit,
  images: limit,
  imageGib: limit,
});

export const projectOperations = {
  listProjects: operation({
    method: "GET",
    path: "/projects",
    tag: "Projects",
    summary: "List the projects that you may enter",
    permission: null,
    scope: "read",
    query: z.strictObject({
      slug: z.string().min(1).max(60).optional(),
      ...pageQuery(["name", "-name"]),
    }),
    status: 200,
    response: pageOf(projectSchema),
  }),
  getProject: operation({
    method: "GET",
    path: "/projects/{projectId}",
    tag: "Projects",
    summary: "Show a project",
    permission: "project.read",
    params: projectParams,
    status: 200,
    response: projectSchema,
    example,
  }),
  createProject: operation({
    method: "POST",
    path: "/projects",
    tag: "Projects",
    summary: "Make a project",
    description: "An empty one, without members.",
    permission: "project.create",
    body: z.strictObject({ name: projectNameSchema }),
    status: 201,
    response: projectSchema,
    idempotent: true,
    example: { name: "Research" },
  }),
  renameProject: operation({
    method: "PATCH",
    path: "/projects/{projectId}",
    tag: "Projects",
    summary: "Rename a project",
    description: "Its `slug` stays.",
    permission: "project.rename",
    params: projectParams,
    body: z.strictObject({ name: projectNameSchema }),
    status: 204,
    example: { ...example, name: "Research and teaching" },
  }),
  deleteProject: operation({
    method: "DELETE",
    path: "/projects/{projectId}",
    tag: "Projects",
    summary: "Delete an empty project",
    permission: "project.delete",
    params: projectParams,
    query: z.strictObject({ confirmName: z.string().max(200).describe("Its name.") }),
    status: 204,
    problems: ["conflict.rule"],
    example: { ...example, confirmName: "Research" },
  }),
  getQuota: operation({
    method: "GET",
    path: "/projects/{projectId}/quota",
    tag: "Quotas",
    summary: "Show what a project may use, uses and has reserved",
    permission: "project.read",
    params: projectParams,
    status: 200,
    response: quotaSchema,
    example,
  }),
  getProjectLimits: operation({
    method: "GET",
    path: "/projects/{projectId}/limits",
    tag: "Quotas",
    summary: "Show a project's own limits",
    permission: "project.read",
    params: projectParams,
    status: 200,
    response: projectLimitsView,
    example,
  }),
  setProjectLimits: operation({
    method: "PUT",
    path: "/projects/{projectId}/limits",
    tag: "Quotas",
    summary: "Set a project's limits",
    description: "A limit below what is used takes nothing away; more is refused from then on.",
    permission: "project.set_limits",
    params: projectParams,
    body: z.strictObject({ limits, leaseDays }),
    status: 200,
    response: projectLimitsView,
    example: {
      ...example,
      limits: {
        vms: 10,
        vcpus: 40,
        memoryMib: 65_536,
        diskGib: 1_000,
        snapshots: null,
        images: null,
        imageGib: null,
      },
      leaseDays: null,
    },
  }),
  listMembers: operation({
    method: "GET",
    path: "/projects/{projectId}/members",
    tag: "Members",
    summary: "List a project's members",
    permission: "member.read",
    params: projectParams,
    query: z.strictObject(pageQuery(["name", "-name"])),
    status: 200,
    response: pageOf(memberSchema),
    example,
  }),
  addMember: operation({
    method: "POST",
    path: "/projects/{projectId}/members",
    tag: "Members",
    summary: "Make somebody with an account a member at once",
    description: "For who manages users; a project's owner invites.",
    permission: "user.manage",
    params: projectParams,
    body: z.strictObject({ email: emailSchema, role: roleSchema }),
    status: 204,
    idempotent: true,
    problems: ["conflict.exists"],
    example: { ...example, email: "ada@example.org", role: "member" },
  }),
  changeMemberRole: operation({
    method: "PATCH",
    path: "/projects/{projectId}/members/{userId}",
    tag: "Members",
    summary: "Give a member another role",
    permission: "member.manage",
    params: memberParams,
    body: z.strictObject({ role: roleSchema }),
    status: 204,
    problems: ["conflict.rule"],
    example: { ...memberExample, role: "viewer" },
  }),
  removeMember: operation({
    method: "DELETE",
    path: "/projects/{projectId}/members/{userId}",
    tag: "Members",
    summary: "Take a member out of a project",
    description: "What is open of the project ends at once.",
    permission: "member.manage",
    params: memberParams,
    status: 204,
    problems: ["conflict.rule"],
    example: memberExample,
  }),
} as const;
