import type { SshKey } from "@/lib/db/generated/client";
import { assertPerson } from "@/lib/policies/assert-person";
import type { Context } from "@/lib/services/context";

export interface SshKeyView {
  id: string;
  name: string;
  /** "ssh-ed25519" and the like. */
  type: string;
  /** SHA256, as `ssh-keygen -l` prints it. */
  fingerprint: string;
  publicKey: string;
  /** ISO time. */
  createdAt: string;
}

/** The actor's own public keys, newest first. */
export async function listSshKeys(ctx: Context): Promise<SshKeyView[]> {
  assertPerson(ctx.actor);
  const rows = await ctx.db.sshKey.findMany({
    where: { userId: ctx.actor.userId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return rows.map(toSshKeyView);
}

export function toSshKeyView(row: SshKey): SshKeyView {
  const { id, name, publicKey, fingerprint } = row;
  const type = publicKey.split(" ", 1)[0] ?? "";
  return { id, name, type, fingerprint, publicKey, createdAt: row.createdAt.toISOString() };
}
