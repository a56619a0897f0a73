import { once } from "node:events";
import { followAudit } from "@/lib/services/audit/follow-audit";
import type { CommandContext } from "../command";
import { withLocalContext } from "./local-context";
import { placeOf } from "./place-of";

/** `portico admin audit follow`: a JSON document a line, until it is interrupted. */
export async function auditFollow({ options, io }: CommandContext): Promise<void> {
  const after = typeof options.from === "string" ? placeOf(options.from) - 1 : undefined;
  await withLocalContext(async (ctx) => {
    for await (const row of followAudit(ctx, { after, signal: io.signal })) {
      // Whoever reads slower than it is written sets the pace.
      if (!io.stdout.write(`${JSON.stringify(row)}\n`)) await once(io.stdout, "drain");
    }
  });
}
