import type { ProjectRole, TokenScope } from "./permissions";

/** The API token that acts for its user. */
export interface ActorToken {
  id: string;
  name: string;
  scopes: readonly TokenScope[];
}

/**
 * Who acts: made from the session's or the token's row for every request, never from what the
 * client sends.
 */
export interface Actor {
  userId: string;
  /** Empty for a program: it has no session. */
  sessionId: string;
  email: string;
  name: string;
  isAdmin: boolean;
  isAuditor: boolean;
  memberships: readonly { projectId: string; role: ProjectRole }[];
  /** Address of the client, for audit and rate limits. */
  ip: string;
  /** Null for a person at a browser. */
  token: ActorToken | null;
}

/** The part of an actor that decides what he may. */
export type Rights = Pick<Actor, "isAdmin" | "isAuditor" | "memberships"> & {
  token?: Pick<ActorToken, "scopes"> | null;
};
