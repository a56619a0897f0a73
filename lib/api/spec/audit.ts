import { z } from "zod";
import { type AuditView, auditFilterSchema } from "@/lib/model/audit";
import { auditOutcomes } from "@/lib/model/audit-actions";
import { idSchema, timeSchema } from "./fields";
import { operation } from "./operation";
import { pageQuery } from "./paging";

const { from, until, action } = auditFilterSchema.shape;

const auditSchema = z
  .object({
    seq: z.int().describe("Its place in the chain."),
    hash: z.string().describe("Of this place; it covers everything before."),
    at: timeSchema,
    actor: z.object({
      id: idSchema.nullable(),
      name: z.string(),
      token: z.object({ id: idSchema, name: z.string().nullable() }).nullable(),
    }),
    ip: z.string().nullable(),
    action: z.string(),
    outcome: z.enum(auditOutcomes),
    project: z
      .object({ id: idSchema, slug: z.string().nullable(), name: z.string().nullable() })
      .nullable(),
    target: z
      .object({
        type: z.string(),
        id: z.string().nullable(),
        name: z.string().nullable(),
        exists: z.boolean(),
      })
      .nullable(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    requestId: z.string(),
  })
  .meta({ id: "AuditEvent" }) satisfies z.ZodType<AuditView>;

export const auditOperations = {
  listAudit: operation({
    method: "GET",
    path: "/audit",
    tag: "Audit",
    summary: "List what was done and refused",
    description:
      "Of one project for its owners, of all for administrators and auditors. A page may be short " +
      "when much had to be looked through: `searchedTo` says how far; the next one looks further.",
    permission: "project_audit.read",
    query: z.strictObject({
      projectId: idSchema.optional(),
      from: from.unwrap().unwrap().optional(),
      until: until.unwrap().unwrap().optional().describe("Up to, and without, this instant."),
      actorId: idSchema.optional(),
      targetId: idSchema.optional(),
      requestId: idSchema.optional(),
      action: action.unwrap().unwrap().optional().describe("`vm.create`, or all of a noun: `vm.`."),
      outcome: z.enum(auditOutcomes).optional(),
      search: z.string().trim().min(1).max(100).optional(),
      ...pageQuery(["-seq"]),
    }),
    status: 200,
    response: z.object({
      items: z.array(auditSchema),
      nextCursor: z.string().nullable().describe("Null on the last page."),
      searchedTo: timeSchema.nullable(),
    }),
    example: { projectId: "p7w2c4n8ta", action: "vm." },
  }),
} as const;
