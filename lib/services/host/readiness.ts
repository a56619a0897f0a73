import { db } from "@/lib/db/client";
import { hosts } from "@/lib/hypervisor/hosts";
import { once } from "@/lib/runtime/once";

interface Health {
  draining: boolean;
}

function health(): Health {
  return once("health", (): Health => ({ draining: false }));
}

/** Called when the process begins to stop, so that load balancers look elsewhere first. */
export function markDraining(): void {
  health().draining = true;
}

/**
 * Whether this portal can serve: the database answers and the process is not stopping. A host
 * that is away does not make it unready, since its pages still show what was last known.
 * For anonymous callers: no names, no texts.
 */
export async function readiness(): Promise<{
  ready: boolean;
  database: "ok" | "failed";
  hosts: { connected: number; total: number };
}> {
  const database = await db()
    .host.count()
    .then(() => "ok" as const)
    .catch(() => "failed" as const);
  const all = hosts().list();
  return {
    ready: database === "ok" && !health().draining,
    database,
    hosts: {
      connected: all.filter((host) => host.connection === "connected").length,
      total: all.length,
    },
  };
}
