import type { AuditVerdict, ChainFault } from "./verify-audit-log";

const faults: Record<ChainFault, string> = {
  changed: "this row is not what was written, or not the row that was written here",
  missing: "rows that were here are gone",
  truncated: "the newest rows, from here on, are gone",
  added: "rows that the portal did not write stand here, or without a place in the chain",
  head: "the record of the chain's end is gone or says something else than this row",
  expected: "the hash differs from the one that was written down",
};

/** What a verdict means, for people at a terminal; English like the rest of the command line. */
export function verdictText({ rows, lastSeq, lastHash, brokenAt }: AuditVerdict): string {
  if (brokenAt !== undefined) {
    return `The audit log is BROKEN at row ${brokenAt.seq}: ${faults[brokenAt.reason]}.`;
  }
  if (rows === 0) return "The audit log is empty.";
  return `The audit log holds: ${rows} rows up to ${lastSeq}:${lastHash}`;
}
