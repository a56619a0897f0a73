import { createHash } from "node:crypto";

/** Everything in a row that the chain vouches for. */
export interface ChainedRow {
  id: string;
  seq: number;
  at: Date;
  actorId: string | null;
  actorName: string;
  tokenId: string | null;
  ip: string;
  action: string;
  projectId: string | null;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
  outcome: string;
  detail: string;
  requestId: string;
}

/** What the hash of a row is made of; a new way of making it gets the next number. */
const version = 1;

/** Stands for the row before the first: 32 zero bytes in hexadecimal. */
export const genesisHash = "0".repeat(64);

/**
 * The hash of a row that follows the one with hash `previous`, both in hexadecimal: SHA-256 over
 * the version byte, the 32 bytes of `previous`, and the row as JSON in UTF-8, its names in the
 * order of the alphabet, without spaces (the form of RFC 8785).
 */
export function chainHash(previous: string, row: ChainedRow): string {
  return createHash("sha256")
    .update(Uint8Array.of(version))
    .update(Buffer.from(previous, "hex"))
    .update(canonicalJson(row), "utf8")
    .digest("hex");
}

function canonicalJson(row: ChainedRow): string {
  return JSON.stringify({
    action: row.action,
    actorId: row.actorId,
    actorName: row.actorName,
    at: row.at.toISOString(),
    detail: row.detail,
    id: row.id,
    ip: row.ip,
    outcome: row.outcome,
    projectId: row.projectId,
    requestId: row.requestId,
    seq: row.seq,
    targetId: row.targetId,
    targetName: row.targetName,
    targetType: row.targetType,
    tokenId: row.tokenId,
  });
}
