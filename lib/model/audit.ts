import { z } from "zod";
import { type AuditOutcome, auditOutcomes } from "./audit-actions";

const id = z.string().trim().max(100);
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** What a reader of the audit log asks for; what is absent does not limit. */
export const auditFilterSchema = z.object({
  /** Rows of this project. Required of everybody who may not read the whole log. */
  projectId: id.nullish(),
  from: instant.nullish(),
  /** Up to, and without, this instant. */
  until: instant.nullish(),
  actorId: id.nullish(),
  targetId: id.nullish(),
  requestId: id.nullish(),
  /** "vm.create", or the noun alone with its dot: "vm.". */
  action: z
    .string()
    .max(60)
    .regex(/^[a-z_]+\.([a-z_]+)?$/)
    .nullish(),
  outcome: z.enum(auditOutcomes).nullish(),
  /** Part of a name, an address, an id or a fact. */
  search: z.string().trim().max(100).nullish(),
});
export type AuditFilter = z.output<typeof auditFilterSchema>;

export const listAuditSchema = auditFilterSchema.extend({
  /** `next` of the page before. */
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .nullish(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListAuditInput = z.output<typeof listAuditSchema>;

/** A row of the audit log as its reader may see it. */
export interface AuditView {
  /** Its place in the chain. */
  seq: number;
  /** The hash of this place, hexadecimal. */
  hash: string;
  at: string;
  actor: {
    /** Null for somebody who has not signed in, and for the portal itself. */
    id: string | null;
    name: string;
    /** The API token that acted for the person; `name` is null once it is deleted. */
    token: { id: string; name: string | null } | null;
  };
  /** Null when the reader is not to know: a stranger's to the reader's project. */
  ip: string | null;
  action: string;
  outcome: AuditOutcome;
  /** `slug` and `name` are null once it is deleted. */
  project: { id: string; slug: string | null; name: string | null } | null;
  target: { type: string; id: string | null; name: string | null; exists: boolean } | null;
  detail: Record<string, string | number | boolean | null>;
  requestId: string;
}

export interface AuditPage {
  /** Newest first. */
  rows: AuditView[];
  /** Cursor of the next page; null at the end of the log. */
  next: string | null;
  /**
   * Set when this page is short because only so many rows are looked through at a time: the
   * instant back to which that was done. The next page looks further.
   */
  searchedTo: string | null;
}
