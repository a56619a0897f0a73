import { consoleSessions } from "@/lib/console/sessions";
import type { Db } from "@/lib/db/client";
import { consoleEndpoint } from "@/lib/hypervisor/console";
import type { Hosts } from "@/lib/hypervisor/types";
import type { Logger } from "@/lib/log";
import { mendRecordings } from "@/lib/services/recording/mend-recordings";
import { Recordings } from "@/lib/services/recording/recordings";
import { recordingsFolder } from "@/lib/services/recording/recordings-folder";
import { startRecordingSweep } from "@/lib/services/recording/sweep-recordings";

/**
 * Records the screens that people look at where their project wants that, and removes what is old.
 * Returns the function that stops it, which resolves when all files are whole.
 */
export async function recordConsoles(doors: {
  db: Db;
  hosts: Hosts;
  log: Logger;
}): Promise<() => Promise<void>> {
  const deps = {
    ...doors,
    consoleEndpoint,
    sessions: consoleSessions(),
    folder: recordingsFolder(),
    clock: () => new Date(),
  };
  await mendRecordings(deps);
  const recordings = new Recordings(deps);
  recordings.start();
  const stopSweep = startRecordingSweep(deps);
  return async () => {
    stopSweep();
    await recordings.stop();
  };
}
