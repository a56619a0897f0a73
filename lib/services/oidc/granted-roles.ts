import type { OidcRoles } from "@/lib/model/oidc-roles";
import { type ProjectRole, projectRoles } from "@/lib/policies/permissions";

export interface GrantedRoles {
  /** In the installation; an administrator is no auditor besides. */
  right: "admin" | "auditor" | null;
  /** The strongest role by the project's slug. */
  projects: ReadonlyMap<string, ProjectRole>;
}

/** What the groups give, all mappings taken together. */
export function grantedRoles(groups: readonly string[], mapping: OidcRoles): GrantedRoles {
  const grants = groups.flatMap((group) => mapping.get(group) ?? []);
  const rights = grants.flatMap((grant) => ("right" in grant ? [grant.right] : []));
  const projects = new Map<string, ProjectRole>();
  for (const grant of grants) {
    if (!("project" in grant)) continue;
    const before = projects.get(grant.project);
    if (before === undefined || projectRoles.indexOf(grant.role) > projectRoles.indexOf(before)) {
      projects.set(grant.project, grant.role);
    }
  }
  const right = rights.includes("admin") ? "admin" : rights.includes("auditor") ? "auditor" : null;
  return { right, projects };
}
