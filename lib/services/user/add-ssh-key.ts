import { createHash } from "node:crypto";
import { newId } from "@/lib/db/id";
import { AppError } from "@/lib/model/errors";
import {
  type AddSshKeyInput,
  parseSshKey,
  type SshKeyParts,
  sshKeyLimits,
  sshKeyName,
} from "@/lib/model/ssh-key";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { type SshKeyView, toSshKeyView } from "./list-ssh-keys";

/**
 * Adds a public key to the actor's own. Throws `input.invalid` naming `publicKey` when the text
 * is no key that can be used (a private key is neither kept nor logged), `conflict.exists` for
 * a key that is there already, `conflict.rule` above the limit.
 */
export async function addSshKey(ctx: Context, input: AddSshKeyInput): Promise<SshKeyView> {
  assertPerson(ctx.actor);
  const key = usable(input.publicKey);
  const { userId } = ctx.actor;
  const fingerprint = fingerprintOf(key.blob);
  const name = sshKeyName(input.name ?? "") ?? sshKeyName(key.comment) ?? key.type;
  return ctx.db.$transaction(async (tx) => {
    const own = await tx.sshKey.findMany({ where: { userId }, select: { fingerprint: true } });
    if (own.some((each) => each.fingerprint === fingerprint)) {
      throw new AppError({
        code: "conflict.exists",
        message: `ssh key ${fingerprint} is there already`,
        userMessage: { key: "user.ssh_key_exists" },
      });
    }
    if (own.length >= sshKeyLimits.perPerson) {
      throw new AppError({
        code: "conflict.rule",
        message: "too many ssh keys",
        userMessage: { key: "user.ssh_keys_full", values: { limit: sshKeyLimits.perPerson } },
      });
    }
    const row = await tx.sshKey.create({
      data: {
        id: newId(),
        userId,
        name,
        publicKey: key.publicKey,
        fingerprint,
        createdAt: ctx.clock(),
      },
    });
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "ssh_key.add",
        outcome: "ok",
        targetType: "ssh_key",
        targetId: row.id,
        targetName: name,
        detail: { fingerprint, type: key.type },
      },
    );
    return toSshKeyView(row);
  });
}

/** As `ssh-keygen -l` prints it. */
function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

function usable(text: string): SshKeyParts {
  const key = parseSshKey(text);
  if (!("problem" in key)) return key;
  const values = { minimum: sshKeyLimits.rsaBits.min };
  throw new AppError({
    code: "input.invalid",
    message: `ssh key refused: ${key.problem}`,
    fields: { publicKey: { key: `field.ssh_key.${key.problem}`, values } },
  });
}
