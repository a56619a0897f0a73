import { isAppError } from "@/lib/model/errors";
import { type AuditContext, writeAudit } from "./audit";

type Entry = Omit<Parameters<typeof writeAudit>[1], "outcome">;

/** Does the work and writes one audit row with how it ended; the error goes on to the caller. */
export async function audited<T>(
  ctx: AuditContext,
  entry: Entry,
  work: () => Promise<T>,
): Promise<T> {
  try {
    const value = await work();
    await writeAudit(ctx, { ...entry, outcome: "ok" });
    return value;
  } catch (error) {
    const reason = isAppError(error) ? error.code : "internal";
    await writeAudit(ctx, {
      ...entry,
      outcome: "failed",
      detail: { ...entry.detail, error: reason },
    });
    throw error;
  }
}
