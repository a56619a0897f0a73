import { join } from "node:path";
import { openElsewhere } from "@/lib/db/open-elsewhere";
import { AppError } from "@/lib/model/errors";

/** Throws `conflict.rule` while another process has the folder's database open. */
export async function assertStopped(dataDir: string): Promise<void> {
  const pids = await openElsewhere(join(dataDir, "portico.db"));
  if (pids.length === 0) return;
  throw new AppError({
    code: "conflict.rule",
    message: `The portal runs (pid ${pids.join(", ")}): stop it first`,
  });
}
