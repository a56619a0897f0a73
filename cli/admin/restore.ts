import { env } from "@/lib/env";
import { restoreBackup } from "@/lib/services/backup/restore-backup";
import type { CommandContext } from "../command";

/** `portico admin restore FILE` */
export async function restore({ args, print }: CommandContext): Promise<void> {
  const dataDir = env().PORTICO_DATA;
  const done = await restoreBackup({ dataDir, file: args.FILE ?? "", now: new Date() });
  const kept = done.keptIn === null ? "" : ` What stood there is in ${done.keptIn}.`;
  print.result(
    `${dataDir} is as it was on ${done.manifest.host} at ${done.manifest.createdAt}.${kept} ` +
      "Start the portal: npm start",
    done,
  );
}
