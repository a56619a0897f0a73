import type { ProjectRole, TokenScope } from "./permissions";

/** The API token that acts for its user. */
export interface ActorToken {
  id: string;
  name: string;
  scopes: readonly TokenScope[];
  /** The one project that it belongs to; null for a person's own token. */
  projectId: string | null;
}

/**
 * Who acts: made from the session's or the token's row for every request, never from what the
 * client sends.
 */
export interface Actor {
  userId: string;
  /** Of the session; of a program `token:` and its token's id, which never is a session's. */
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
