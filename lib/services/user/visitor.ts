import type { Db } from "@/lib/db/client";
import type { Mailer } from "@/lib/mail/mailer";
import type { AuditContext } from "@/lib/services/audit";

/** Who has not signed in yet: the context of signing in and setting up. */
export interface Visitor {
  db: Db;
  mail: Mailer | null;
  clock: () => Date;
  requestId: string;
  ip: string;
  userAgent: string;
  /** The Cookie header. */
  cookie: string | null;
}

/** The visitor as the author of an audit entry, once known as a user or still nobody. */
export function asAuthor(
  visitor: Visitor,
  db: AuditContext["db"],
  user: { id: string; name: string } | null,
): AuditContext {
  return {
    db,
    clock: visitor.clock,
    requestId: visitor.requestId,
    actor: { userId: user?.id ?? null, name: user?.name ?? "", ip: visitor.ip },
  };
}
