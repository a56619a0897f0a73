import { verdictText } from "@/lib/services/audit/verdict-text";
import { verifyAuditLog } from "@/lib/services/audit/verify-audit-log";
import { CliError } from "../cli-error";
import type { CommandContext } from "../command";
import { exitCodes } from "../exit-codes";
import { withLocalContext } from "./local-context";
import { placeOf } from "./place-of";

/** `portico admin audit verify`: exit code 1 when the log is not what was written. */
export async function auditVerify({ options, print }: CommandContext): Promise<void> {
  const from = typeof options.from === "string" ? placeOf(options.from) : undefined;
  const expected = typeof options.expect === "string" ? expectedOf(options.expect) : undefined;
  const verdict = await withLocalContext(({ db }) =>
    verifyAuditLog(db, { fromSeq: from, expected }),
  );
  if (verdict.brokenAt) {
    throw new CliError(verdictText(verdict), exitCodes.failed, { ...verdict });
  }
  print.result(verdictText(verdict), verdict);
  if (verdict.rows > 0) {
    print.note("Keep the last part somewhere else, and compare with it next time: --expect.");
  }
}

/** Reads what an earlier run printed: "<row>:<hash>". */
function expectedOf(text: string): { seq: number; hash: string } {
  const [, seq, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  if (seq !== undefined && hash !== undefined) return { seq: Number(seq), hash };
  throw new CliError(`--expect ${text}: must be as printed before, row:hash.`, exitCodes.usage);
}
