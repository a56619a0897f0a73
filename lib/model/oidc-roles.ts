import { z } from "zod";

export const projectRoleNames = ["viewer", "member", "owner"] as const;

/** What one group of the OIDC provider gives. */
export type OidcGrant =
  | { right: "admin" | "auditor" }
  | { project: string; role: (typeof projectRoleNames)[number] };

/** Grants by the name of the group. */
export type OidcRoles = ReadonlyMap<string, readonly OidcGrant[]>;

const grant = z.string().transform((text, ctx): OidcGrant => {
  if (text === "admin" || text === "auditor") return { right: text };
  const [, project, name] = text.match(/^([a-z0-9][a-z0-9-]{0,62}):(\w+)$/) ?? [];
  const role = projectRoleNames.find((each) => each === name);
  if (project !== undefined && role !== undefined) return { project, role };
  ctx.addIssue({
    code: "custom",
    message: `"${text}" is neither "admin", "auditor" nor "<project's address>:viewer|member|owner"`,
  });
  return z.NEVER;
});

const mapping = z.record(
  z.string().min(1).max(256),
  z.union([grant.transform((each) => [each]), z.array(grant).max(100)], {
    error: "each group needs a grant or a list of grants",
  }),
);

/**
 * `PORTICO_OIDC_ROLES`: JSON of group → grant or list of grants. A wrong one is refused with the
 * name of the group, so that a typing error takes nobody's rights away unseen.
 */
export const oidcRolesSchema = z.string().transform((text, ctx): OidcRoles => {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    ctx.addIssue({ code: "custom", message: "must be JSON: group to role" });
    return z.NEVER;
  }
  const parsed = mapping.safeParse(given);
  if (parsed.success) return new Map(Object.entries(parsed.data));
  for (const issue of parsed.error.issues) {
    ctx.addIssue({ code: "custom", message: `${issue.path.join(".")}: ${innermost(issue)}` });
  }
  return z.NEVER;
});

/** A union's own message hides what is wrong with the text that was given. */
function innermost(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_union") return issue.message;
  return issue.errors.flat().find((each) => each.code === "custom")?.message ?? issue.message;
}
