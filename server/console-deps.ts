import { actorOfApiRequest } from "@/lib/auth/api-actor";
import { onSessionEnded } from "@/lib/auth/session-events";
import type { ConsoleDeps } from "@/lib/console/deps";
import { db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { env } from "@/lib/env";
import { consoleEndpoint } from "@/lib/hypervisor/console";
import { hosts } from "@/lib/hypervisor/hosts";
import { openSerial } from "@/lib/hypervisor/open-serial";
import { logger } from "@/lib/log";
import { writeAudit } from "@/lib/services/audit";
import { auditRefusal } from "@/lib/services/audit/audit-refusal";
import { onRightsChanged } from "@/lib/services/live/bus";

/** The process's own doors for consoles; the hosts and the way to their screens may be others. */
export function consoleDeps(
  screens: Pick<ConsoleDeps, "hosts" | "consoleEndpoint"> = { hosts: hosts(), consoleEndpoint },
): ConsoleDeps {
  return {
    ...screens,
    db: db(),
    log: logger(),
    origin: env().PORTICO_ORIGIN,
    pingMs: env().PORTICO_PING_SECONDS * 1_000,
    actorOf: async (facts) => actorOfApiRequest(facts),
    openSerial,
    onSessionEnded,
    onRightsChanged,
    async audit({ action, actor, session, detail }) {
      await writeAudit(
        { db: db(), clock: () => new Date(), requestId: newId(), actor },
        {
          action,
          outcome: "ok",
          projectId: session.projectId,
          targetType: "vm",
          targetId: session.vmId,
          targetName: session.vmName,
          detail,
        },
      );
    },
    async refused({ actor, ip, error }) {
      const author = actor ?? { userId: null, name: "", ip };
      await auditRefusal(
        { db: db(), clock: () => new Date(), requestId: newId(), actor: author },
        error,
        "console",
      );
    },
  };
}
