import { createHash, randomBytes } from "node:crypto";
import type { Db } from "@/lib/db/client";
import type { Actor } from "@/lib/policies/actor";

/** How long a ticket may lie before it is used, in milliseconds. */
export const ticketLifeMs = 30_000;

/** The guest's graphical screen, or its serial port. */
export type ConsoleKind = "screen" | "serial";

/** What a ticket opens, and for whom. */
export interface TicketGrant {
  /** Names the console that it opens, also to others who look at the same guest. */
  id: string;
  vmId: string;
  kind: ConsoleKind;
  /** The start of the guest it was made for: after a restart it opens nothing. */
  bootId: string;
  viewOnly: boolean;
  /** Ends whoever else has the serial port. */
  takeOver: boolean;
}

/** The screen, unless told otherwise. */
type NewGrant = Omit<TicketGrant, "id" | "kind" | "takeOver"> &
  Partial<Pick<TicketGrant, "kind" | "takeOver">>;

const ticketPattern = /^[A-Za-z0-9_-]{43}$/;

/** The id of the console that a ticket opens: its hash, by which nobody can open anything. */
export function consoleIdOf(ticket: string): string {
  return hashOf(ticket);
}

function hashOf(ticket: string): string {
  return createHash("sha256").update(ticket).digest("base64url");
}

/**
 * Makes a ticket for one console of one start of one guest, for this user in this session. Only
 * its hash is stored. Rows that have expired are removed on the way.
 */
export async function issueTicket(
  db: Pick<Db, "consoleTicket">,
  actor: Pick<Actor, "userId" | "sessionId">,
  grant: NewGrant,
  now = new Date(),
): Promise<string> {
  await purgeTickets(db, now);
  const ticket = randomBytes(32).toString("base64url");
  await db.consoleTicket.create({
    data: {
      tokenHash: hashOf(ticket),
      vmId: grant.vmId,
      bootId: grant.bootId,
      kind: grant.kind,
      viewOnly: grant.viewOnly,
      takeOver: grant.takeOver,
      userId: actor.userId,
      sessionId: actor.sessionId,
      expiresAt: new Date(now.getTime() + ticketLifeMs),
      createdAt: now,
    },
  });
  return ticket;
}

/**
 * Uses a ticket up. Null when it is forged, truncated, expired, used before, or was made for
 * another user or another session of the user; nobody learns which. Of two simultaneous
 * attempts one wins.
 */
export async function redeemTicket(
  db: Pick<Db, "consoleTicket">,
  actor: Pick<Actor, "userId" | "sessionId">,
  ticket: string,
  now = new Date(),
): Promise<TicketGrant | null> {
  if (!ticketPattern.test(ticket)) return null;
  const tokenHash = hashOf(ticket);
  const { count } = await db.consoleTicket.updateMany({
    where: {
      tokenHash,
      userId: actor.userId,
      sessionId: actor.sessionId,
      usedAt: null,
      expiresAt: { gt: now },
    },
    data: { usedAt: now },
  });
  if (count !== 1) return null;
  const select = { vmId: true, bootId: true, kind: true, viewOnly: true, takeOver: true } as const;
  const row = await db.consoleTicket.findUnique({ where: { tokenHash }, select });
  return row && { ...row, id: tokenHash, kind: row.kind === "serial" ? "serial" : "screen" };
}

/** Removes tickets that can no longer be used. Returns how many. */
export async function purgeTickets(
  db: Pick<Db, "consoleTicket">,
  now = new Date(),
): Promise<number> {
  const { count } = await db.consoleTicket.deleteMany({ where: { expiresAt: { lte: now } } });
  return count;
}
