import { type ProjectRole, projectRoles } from "@/lib/policies/permissions";

export type Role = ProjectRole;
export const roles = projectRoles;

/** The role that `--role` names; parsing has refused others. Member when it is left out. */
export function roleOf(word: string | boolean | undefined): Role {
  return roles.find((each) => each === word) ?? "member";
}
