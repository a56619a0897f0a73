import { rm } from "node:fs/promises";
import { join } from "node:path";
import { formerSecretsFile, readFormerSecrets } from "@/lib/auth/former-secrets";
import { openWith, sealWith } from "@/lib/auth/seal";
import { findSecretFile, replaceSecret, type SecretFile } from "@/lib/auth/secret-file";
import { AppError, notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import { writeAudit } from "../audit";
import { assertStopped } from "../backup/assert-stopped";
import type { Context } from "../context";

export interface SecretRotation {
  /** The file with the new secret. */
  file: string;
  /** Secrets of authenticator apps that are sealed with it now. */
  resealed: number;
  /** Those that the secret of before did not open either; they stay as they are. */
  unread: number;
}

interface Sealed {
  id: string;
  totpSecret: string;
}

/**
 * Replaces the installation's secret: what it seals in the database is sealed anew, and all
 * sessions end, for their cookies are sealed with the old one. A rotation that was cut off is
 * brought to its end by the next. Throws `not_found` without a secret in the data folder, and
 * `conflict.rule` while a portal runs, where a setting decides instead of the folder, and when
 * the folder's secret opens nothing of what is sealed.
 */
export async function rotateSecret(
  ctx: Context,
  input: { dataDir: string; setting: string | undefined },
): Promise<SecretRotation> {
  assertCan(ctx.actor, "setting.manage");
  const { dataDir, setting } = input;
  await assertStopped(dataDir);
  const file = findSecretFile(dataDir);
  if (file === null) throw notFound(`a secret in ${dataDir}`);
  if (setting !== undefined && setting !== file.secret) {
    throw refused(`NEXTAUTH_SECRET is set and is not the secret of ${file.path}`);
  }
  const former = readFormerSecrets(dataDir);
  const rows = await sealedRows(ctx.db);
  const opened = openAll(rows, [file.secret, ...former]);
  if (rows.length > 0 && opened.length === 0) {
    throw refused(`the secret of ${file.path} opens none of ${rows.length} sealed secrets`);
  }
  const secret = isCutOff(file, former) ? file.secret : replaceSecret(dataDir, file);
  const unread = rows.length - opened.length;
  await reseal(ctx, secret, opened, unread);
  await rm(join(dataDir, formerSecretsFile), { force: true });
  return { file: file.path, resealed: opened.length, unread };
}

/** The new secret is in its file, and the old one was not given up yet. */
function isCutOff(file: SecretFile, former: readonly string[]): boolean {
  return former.length > 0 && !former.includes(file.secret);
}

async function sealedRows(db: Context["db"]): Promise<Sealed[]> {
  const users = await db.user.findMany({
    where: { totpSecret: { not: null } },
    select: { id: true, totpSecret: true },
  });
  return users.flatMap(({ id, totpSecret }) => (totpSecret === null ? [] : [{ id, totpSecret }]));
}

function openAll(rows: readonly Sealed[], secrets: readonly string[]) {
  return rows.flatMap(({ id, totpSecret }) => {
    const text = openWith(secrets, totpSecret, id);
    return text === null ? [] : [{ id, text }];
  });
}

async function reseal(
  ctx: Context,
  secret: string,
  opened: readonly { id: string; text: string }[],
  unread: number,
): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    for (const { id, text } of opened) {
      await tx.user.update({ where: { id }, data: { totpSecret: sealWith(secret, text, id) } });
    }
    await tx.signInCheck.deleteMany({ where: { usedAt: null } });
    const ended = await tx.session.updateMany({
      where: { revokedAt: null },
      data: { revokedAt: ctx.clock() },
    });
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "portal.rotate_secret",
        outcome: "ok",
        detail: { resealed: opened.length, unread, sessions: ended.count },
      },
    );
  });
}

function refused(message: string): AppError {
  return new AppError({ code: "conflict.rule", message });
}
