import { db, versionOf } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { hosts } from "@/lib/hypervisor/hosts";
import { logger } from "@/lib/log";
import { mailer } from "@/lib/mail/mailer";
import type { Actor } from "@/lib/policies/actor";
import type { ScreenVisitor } from "./console-share/visited-vm";
import type { Context } from "./context";
import type { Visitor } from "./user/visitor";

/** The context of one request: the only place where the process-wide doors are put together. */
export function makeContext(actor: Actor): Context {
  const requestId = newId();
  let log: Context["log"] | null = null;
  return {
    actor,
    db: db(),
    hosts: hosts(),
    mail: mailer(),
    clock: () => new Date(),
    // Made when something is to be logged: most requests log nothing.
    get log() {
      log ??= logger().child({ requestId, userId: actor.userId });
      return log;
    },
    requestId,
  };
}

/** The same for a request that nobody has signed in for. */
export function makeVisitor(from: {
  ip: string;
  userAgent: string | null | undefined;
  cookie: string | null | undefined;
}): Visitor {
  return {
    db: db(),
    mail: mailer(),
    clock: () => new Date(),
    requestId: newId(),
    ip: from.ip,
    userAgent: from.userAgent ?? "",
    cookie: from.cookie ?? null,
  };
}

/** The same for somebody who came by a link to a screen. */
export function makeScreenVisitor(from: Parameters<typeof makeVisitor>[0]): ScreenVisitor {
  return { ...makeVisitor(from), hosts: hosts() };
}

/** Names the state of the process's database: while it stays the same, no row has changed. */
export function databaseVersion(): string | Promise<string> {
  return versionOf(db());
}
