import type { ProjectRole } from "./permissions";

/** Who acts: made from the session row for every request, never from what the client sends. */
export interface Actor {
  userId: string;
  sessionId: string;
  email: string;
  name: string;
  isAdmin: boolean;
  memberships: readonly { projectId: string; role: ProjectRole }[];
  /** Address of the client, for audit and rate limits. */
  ip: string;
}
