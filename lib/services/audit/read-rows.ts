import type { Db } from "@/lib/db/client";
import type { AuditEvent, Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";
import type { AuditWhere } from "./audit-where";

/** A row that the chain has taken in: all that are read. */
export type AuditRow = AuditEvent & { seq: number };

export interface RowPage {
  rows: AuditRow[];
  /** Place after which the next page begins; null at the end. */
  next: number | null;
  /** The oldest instant that was looked at when that, and not the rows found, ended the page. */
  searchedTo: Date | null;
}

/**
 * How many rows a page may be looked for in. A search for what is not there would otherwise read
 * the whole log in one go, and the database's driver lets nothing else run meanwhile.
 */
const scannedRows = 20_000;

/** Newest first, and of one instant by place: the order is the same for ever. */
const orderBy = [
  { at: "desc" },
  { seq: "desc" },
] as const satisfies Prisma.AuditEventOrderByWithRelationInput[];

/**
 * The page of rows after a place, newest first. Throws `input.invalid` for a place that there is
 * not.
 */
export async function readRows(
  db: Pick<Db, "auditEvent">,
  { indexed, looked }: AuditWhere,
  after: number | null,
  limit: number,
): Promise<RowPage> {
  const reach = { AND: [indexed, { seq: { not: null } }, await olderThan(db, after)] };
  const window = looked === null ? null : await endOfWindow(db, reach);
  const found = await db.auditEvent.findMany({
    where: { AND: [reach, looked ?? {}, window === null ? {} : notOlderThan(window)] },
    orderBy,
    take: limit + 1,
  });
  const rows = found.slice(0, limit).filter(isPlaced);
  if (found.length > limit) return { rows, next: rows.at(-1)?.seq ?? null, searchedTo: null };
  return { rows, next: window?.seq ?? null, searchedTo: window?.at ?? null };
}

interface Place {
  at: Date;
  seq: number;
}

function isPlaced(row: AuditEvent): row is AuditRow {
  return row.seq !== null;
}

/** The last row that is looked at, when there are more than that. */
async function endOfWindow(
  db: Pick<Db, "auditEvent">,
  where: Prisma.AuditEventWhereInput,
): Promise<Place | null> {
  const [last, beyond] = await db.auditEvent.findMany({
    where,
    orderBy,
    skip: scannedRows - 1,
    take: 2,
    select: { at: true, seq: true },
  });
  if (last === undefined || last.seq === null || beyond === undefined) return null;
  return { at: last.at, seq: last.seq };
}

// The bound on `at` alone says nothing new, and lets an index begin at the right place.

async function olderThan(
  db: Pick<Db, "auditEvent">,
  after: number | null,
): Promise<Prisma.AuditEventWhereInput> {
  if (after === null) return {};
  const from = await db.auditEvent.findUnique({ where: { seq: after }, select: { at: true } });
  if (from === null) {
    throw new AppError({ code: "input.invalid", message: `no row ${after} in the audit log` });
  }
  const { at } = from;
  return { at: { lte: at }, OR: [{ at: { lt: at } }, { seq: { lt: after } }] };
}

function notOlderThan({ at, seq }: Place): Prisma.AuditEventWhereInput {
  return { at: { gte: at }, OR: [{ at: { gt: at } }, { seq: { gte: seq } }] };
}
