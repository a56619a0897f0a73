import { readFile } from "node:fs/promises";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import type { Env } from "@/lib/env";
import { isAppError } from "@/lib/model/errors";
import { emailSchema } from "@/lib/model/person";
import { writeAudit } from "@/lib/services/audit";
import { createFirstAdmin, hashNewPassword } from "./create-first-admin";

/**
 * Makes the first administrator from `PORTICO_ADMIN_EMAIL` and `PORTICO_ADMIN_PASSWORD_FILE`,
 * for unattended installations. Does nothing when either is absent or an administrator exists:
 * a later start never resets a password. Returns whether it made one. Throws an Error that says
 * what is wrong with the settings.
 */
export async function ensureAdminFromEnv(
  db: Db,
  settings: Pick<Env, "PORTICO_ADMIN_EMAIL" | "PORTICO_ADMIN_PASSWORD_FILE">,
): Promise<boolean> {
  const { PORTICO_ADMIN_EMAIL: address, PORTICO_ADMIN_PASSWORD_FILE: file } = settings;
  if (address === undefined && file === undefined) return false;
  if (address === undefined || file === undefined) {
    throw new Error("PORTICO_ADMIN_EMAIL and PORTICO_ADMIN_PASSWORD_FILE go together");
  }
  if ((await db.user.count({ where: { isAdmin: true } })) > 0) return false;
  const email = emailSchema.parse(address);
  const name = email.split("@")[0] ?? email;
  const password = (await readFile(file, "utf8")).replace(/\r?\n$/, "");
  const passwordHash = await hashNewPassword(password, { email, name }).catch((error: unknown) => {
    const reason = isAppError(error) ? error.message : "unreadable";
    throw new Error(
      `The password in ${file} cannot be used (${reason}): take 12 characters or more`,
    );
  });
  await db.$transaction(async (tx) => {
    const now = new Date();
    const admin = { email, name, locale: "en" };
    const { userId, projectId } = await createFirstAdmin(tx, admin, passwordHash, now);
    await writeAudit(
      {
        db: tx,
        clock: () => now,
        requestId: newId(),
        actor: { userId: null, name: "set-up", ip: "local" },
      },
      {
        action: "setup.admin",
        outcome: "ok",
        projectId,
        targetType: "user",
        targetId: userId,
        targetName: email,
      },
    );
  });
  return true;
}
