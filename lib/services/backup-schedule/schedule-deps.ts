import { newId } from "@/lib/db/id";
import type { AuditContext } from "../audit";
import type { Context } from "../context";

export type ScheduleDeps = Pick<Context, "db" | "hosts" | "log" | "clock">;

/** Who is said to have done it, in tasks and in the audit log. */
export const scheduleActor = { userId: "", name: "backup schedule" } as const;

export function auditOfSchedule({ db, clock }: ScheduleDeps): AuditContext {
  return { db, clock, requestId: newId(), actor: { ...scheduleActor, userId: null, ip: "" } };
}
