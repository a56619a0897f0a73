import type { BlockList } from "node:net";
import { newId } from "@/lib/db/id";
import type { AuditContext } from "../audit";
import type { Context } from "../context";

export type WatchDeps = Pick<Context, "db" | "hosts" | "log" | "clock"> & {
  /** Inner networks that webhooks may reach. */
  hookNetworks: BlockList;
  /** The installation's secret, which webhooks are signed by. */
  secret: string;
  /** What people type to reach the portal; null where it is not set. */
  origin: string | null;
};

export function auditOfWatch({ db, clock }: Pick<WatchDeps, "db" | "clock">): AuditContext {
  const actor = { userId: null, name: "screen watch", ip: "" };
  return { db, clock, requestId: newId(), actor };
}
