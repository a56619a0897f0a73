import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { databaseUrl, openDb } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { env } from "@/lib/env";
import { logger } from "@/lib/log";
import { mailer } from "@/lib/mail/mailer";
import { tokenScopes } from "@/lib/policies/permissions";
import type { Context } from "@/lib/services/context";
import { noHosts } from "@/lib/services/no-hosts";
import { CliError } from "../cli-error";
import { exitCodes } from "../exit-codes";

/**
 * Runs the work with the rights of an administrator on this machine's own database, which may be
 * in use by the portal. Who may read and write its file needs no other proof; the record names
 * the account of the machine.
 */
export async function withLocalContext<T>(work: (ctx: Context) => Promise<T>): Promise<T> {
  const file = join(env().PORTICO_DATA, "portico.db");
  if (!existsSync(file)) {
    throw new CliError(
      `There is no portal's database at ${file}. Run this on the portal's machine, by the user ` +
        "that runs it; PORTICO_DATA names another folder.",
      exitCodes.notFound,
    );
  }
  const db = openDb(databaseUrl());
  const requestId = newId();
  try {
    return await work({
      actor: {
        userId: "local",
        sessionId: "",
        email: "",
        name: `${userInfo().username} (portico admin)`,
        isAdmin: true,
        isAuditor: false,
        memberships: [],
        ip: "local",
        // Like a program's: what belongs to a person alone is refused.
        token: { id: "local", name: "portico admin", scopes: tokenScopes, projectId: null },
      },
      db,
      hosts: noHosts,
      mail: mailer(),
      clock: () => new Date(),
      log: logger().child({ requestId }),
      requestId,
    });
  } finally {
    await db.$disconnect();
  }
}
