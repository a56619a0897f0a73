import { z } from "zod";
import type { PoolView } from "./host";

export const backupPoolSchema = z.object({
  hostId: z.string().min(1).max(40),
  /** A pool of the host; null: the portal's own. */
  pool: z.string().min(1).max(100).nullable(),
});

export type BackupPoolInput = z.infer<typeof backupPoolSchema>;

/** Where the backups of a host's VMs are written to. */
export interface BackupPool {
  hostId: string;
  /** The pool that an administrator named; null: the portal's own. */
  pool: string | null;
  /** Pools that could be named. */
  choices: Pick<PoolView, "name" | "active" | "capacityBytes" | "availableBytes">[];
}

/** Pools that an administrator made: the portal's own ones have their own purposes. */
export function poolChoices(pools: readonly PoolView[]): BackupPool["choices"] {
  return pools
    .filter((pool) => pool.role === "other")
    .map(({ name, active, capacityBytes, availableBytes }) => {
      return { name, active, capacityBytes, availableBytes };
    });
}
