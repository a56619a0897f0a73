import { createHash, randomBytes } from "node:crypto";
import { sessionIdOf } from "@/lib/auth/session";
import { sealSession, sessionCookie } from "@/lib/auth/session-cookie";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import type { Rights } from "@/lib/policies/actor";
import type { ProjectRole } from "@/lib/policies/permissions";

export const roles = [
  "anonymous",
  "outsider",
  "viewer",
  "member",
  "owner",
  "auditor",
  "admin",
] as const;
export type Role = (typeof roles)[number];

/** Somebody who knocks at the doors. */
export interface Knocker {
  role: Role;
  /** Empty for the anonymous one. */
  userId: string;
  sessionId: string;
  email: string;
  /** The Cookie header; empty for the anonymous one. */
  cookie: string;
  rights: Rights;
}

export interface Projects {
  /** Of the viewer, member and owner. */
  own: string;
  /** Of the outsider alone. */
  foreign: string;
}

/** Adds one person of each role, signed in and having proved it just now. */
export async function addKnockers(db: Db, projects: Projects): Promise<Record<Role, Knocker>> {
  const inProject = (role: ProjectRole, projectId: string) => ({
    isAdmin: false,
    isAuditor: false,
    memberships: [{ projectId, role }],
  });
  const nobody = { isAdmin: false, isAuditor: false, memberships: [] };
  return {
    anonymous: {
      role: "anonymous",
      userId: "",
      sessionId: "",
      email: "",
      cookie: "",
      rights: nobody,
    },
    outsider: await addKnocker(db, "outsider", inProject("owner", projects.foreign)),
    viewer: await addKnocker(db, "viewer", inProject("viewer", projects.own)),
    member: await addKnocker(db, "member", inProject("member", projects.own)),
    owner: await addKnocker(db, "owner", inProject("owner", projects.own)),
    auditor: await addKnocker(db, "auditor", { ...nobody, isAuditor: true }),
    admin: await addKnocker(db, "admin", { ...nobody, isAdmin: true }),
  };
}

/** A signed-in person with these rights. */
export async function addKnocker(db: Db, role: Role, rights: Rights): Promise<Knocker> {
  const secret = randomBytes(32).toString("base64url");
  const sessionId = sessionIdOf(secret);
  const userId = newId();
  const email = `${role}-${userId}@example.org`;
  const now = new Date();
  await db.user.create({
    data: {
      id: userId,
      email,
      name: `${role} ${createHash("sha1").update(userId).digest("hex").slice(0, 6)}`,
      isAdmin: rights.isAdmin,
      isAuditor: rights.isAuditor,
      memberships: { create: [...rights.memberships] },
      sessions: {
        create: {
          id: sessionId,
          ip: "127.0.0.1",
          userAgent: "matrix",
          createdAt: now,
          seenAt: now,
          provedAt: now,
          expiresAt: new Date(now.getTime() + 3_600_000),
        },
      },
    },
  });
  const cookie = `${sessionCookie().name}=${await sealSession(secret)}`;
  return { role, userId, sessionId, email, cookie, rights };
}
