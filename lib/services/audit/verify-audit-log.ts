import { setImmediate as breathe } from "node:timers/promises";
import type { Db } from "@/lib/db/client";
import { headId } from "./append-row";
import { type ChainedRow, chainHash, genesisHash } from "./chain";

/** What is wrong at the first place where the chain does not hold. */
export type ChainFault =
  /** The row says something else than when it was written, or another stands in its place. */
  | "changed"
  /** One or more rows before this one are gone. */
  | "missing"
  /** Rows after the last one are gone. */
  | "truncated"
  /** Rows that no append put there stand after the end, or without a place. */
  | "added"
  /** The record of the chain's end is gone or says another hash than the last row. */
  | "head"
  /** The hash that was written down earlier is not that of its row. */
  | "expected";

export interface AuditVerdict {
  /** How many rows were looked at. */
  rows: number;
  /** The place and hash of the last good row: what to write down. */
  lastSeq: number;
  lastHash: string;
  brokenAt?: { seq: number; reason: ChainFault };
}

export interface VerifyOptions {
  /** Begins here instead of at the first row; the hash of the row before is taken on trust. */
  fromSeq?: number;
  /** A place and its hash, written down at an earlier time and kept elsewhere. */
  expected?: { seq: number; hash: string };
}

const pageRows = 1_000;

/**
 * Goes through the audit log from the oldest row on, a page at a time, and says whether it is
 * what was written; stops at the first fault. Rows may be appended meanwhile.
 *
 * Who can write into the database can also make the whole chain anew: only a hash that was kept
 * elsewhere (`expected`) tells that.
 */
export async function verifyAuditLog(db: Db, options: VerifyOptions = {}): Promise<AuditVerdict> {
  const { expected } = options;
  const from = Math.max(1, Math.min(options.fromSeq ?? 1, expected?.seq ?? Infinity));
  const before = await hashBefore(db, from);
  if (before === null) {
    const brokenAt = { seq: from - 1, reason: "missing" } as const;
    return { rows: 0, lastSeq: 0, lastHash: genesisHash, brokenAt };
  }
  const walk = new Walk({ seq: from - 1, hash: before }, await endOf(db), expected);
  for (;;) {
    const page = await pageAfter(db, walk.lastSeq, pageRows);
    for (const row of page) if (!walk.take(row)) return walk.verdict();
    if (page.length < pageRows) break;
    await breathe();
  }
  // Asked for again: what was appended meanwhile has moved it.
  return walk.finish(await endOf(db), await db.auditEvent.count({ where: { seq: null } }));
}

type End = { seq: number; hash: string };
type StoredRow = ChainedRow & { hash: string };

class Walk {
  private rows = 0;
  private brokenAt: AuditVerdict["brokenAt"];

  lastSeq: number;
  private lastHash: string;

  constructor(
    before: End,
    private readonly head: End | null,
    private readonly expected: End | undefined,
  ) {
    this.lastSeq = before.seq;
    this.lastHash = before.hash;
  }

  /** Compares one row with what must follow; false when the chain breaks here. */
  take(row: StoredRow | null): boolean {
    this.rows += 1;
    if (row === null) return this.broken(this.lastSeq + 1, "changed");
    const { seq, hash } = row;
    if (seq !== this.lastSeq + 1) return this.broken(this.lastSeq + 1, "missing");
    if (Number.isNaN(row.at.getTime()) || chainHash(this.lastHash, row) !== hash) {
      return this.broken(seq, "changed");
    }
    if (this.head?.seq === seq && this.head.hash !== hash) return this.broken(seq, "head");
    if (this.expected?.seq === seq && this.expected.hash !== hash) {
      return this.broken(seq, "expected");
    }
    this.lastSeq = seq;
    this.lastHash = hash;
    return true;
  }

  /** What only the end shows. */
  finish(end: End | null, unplaced: number): AuditVerdict {
    const promised = Math.max(this.head?.seq ?? 0, this.expected?.seq ?? 0);
    if (this.lastSeq < promised) this.broken(this.lastSeq + 1, "truncated");
    else if (end === null && this.lastSeq > 0) this.broken(this.lastSeq, "head");
    else if (end !== null && this.lastSeq > end.seq) this.broken(end.seq + 1, "added");
    else if (unplaced > 0) this.broken(this.lastSeq + 1, "added");
    return this.verdict();
  }

  verdict(): AuditVerdict {
    const { rows, lastSeq, lastHash, brokenAt } = this;
    return { rows, lastSeq, lastHash, ...(brokenAt && { brokenAt }) };
  }

  private broken(seq: number, reason: ChainFault): false {
    this.brokenAt = { seq, reason };
    return false;
  }
}

async function endOf(db: Db): Promise<End | null> {
  return db.auditHead.findUnique({ where: { id: headId }, select: { seq: true, hash: true } });
}

/** The hash that the row at `seq` builds upon; null without such a row. */
async function hashBefore(db: Db, seq: number): Promise<string | null> {
  if (seq === 1) return genesisHash;
  const before = await db.auditEvent.findUnique({
    where: { seq: seq - 1 },
    select: { hash: true },
  });
  return before?.hash ?? null;
}

/** The next rows; a null stands for one whose columns hold what no append writes there. */
async function pageAfter(db: Db, seq: number, take: number): Promise<(StoredRow | null)[]> {
  try {
    const rows = await db.auditEvent.findMany({
      where: { seq: { gt: seq } },
      orderBy: { seq: "asc" },
      take,
    });
    return rows.map((row) => ({ ...row, seq: row.seq ?? 0 }));
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    // One at a time up to the row that cannot be read: those before it are still looked at.
    if (take === 1) return [null];
    const rows: (StoredRow | null)[] = [];
    for (let last = seq; rows.at(-1) !== null; ) {
      const [row = null] = await pageAfter(db, last, 1);
      rows.push(row);
      last = row?.seq ?? last;
    }
    return rows;
  }
}

/** Prisma's error for a column whose content is not of its type. */
function isUnreadable(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "P2023";
}
