import { env } from "@/lib/env";
import { createBackup } from "@/lib/services/backup/create-backup";
import type { CommandContext } from "../command";
import { withLocalContext } from "./local-context";

/** `portico admin backup FILE` */
export async function backup({ args, print }: CommandContext): Promise<void> {
  const made = await withLocalContext((ctx) =>
    createBackup(ctx, { dataDir: env().PORTICO_DATA, file: args.FILE ?? "" }),
  );
  print.result(
    `${made.file}: ${made.bytes} bytes, with ${Object.keys(made.manifest.files).join(", ")}. ` +
      "Whoever has it can read everything: keep it as safe as the portal itself.",
    made,
  );
}
