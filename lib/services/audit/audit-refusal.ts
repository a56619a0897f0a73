import { clientNetwork } from "@/lib/auth/client-network";
import { type Logger, logger } from "@/lib/log";
import { type AppError, type ErrorCode, isAppError } from "@/lib/model/errors";
import { once } from "@/lib/runtime/once";
import { type AuditContext, writeAudit } from "../audit";
import { asAuthor, type Visitor } from "../user/visitor";
import { RefusalCounter } from "./refusal-counter";

/** Where a request can be turned away. */
export type Door =
  | "action"
  | "api"
  | "console"
  | "events"
  | "export"
  | "page"
  | "sign_in"
  | "upload";

/** Somebody wants what he may not, must not know of, or wants too much at once. */
const refusals: readonly ErrorCode[] = ["auth.forbidden", "not_found", "rate.limited"];
/** Where a session that has ended is no everyday matter: nobody comes here by a link. */
const programDoors: readonly Door[] = ["api", "console", "upload"];

/** Whether the error is one that the audit log keeps. */
export function isRefusal(error: unknown, door: Door): error is AppError {
  if (!isAppError(error)) return false;
  if (error.code === "auth.required") return programDoors.includes(door);
  // What somebody mistyped is no attempt at anything.
  if (error.code === "input.invalid") return error.misshapen;
  return refusals.includes(error.code);
}

/**
 * Writes down that a request was turned away, and why; for the one place of each door where errors
 * become answers. Other errors are passed over, so that it can be called with all of them. The
 * first refusal of a kind is written at once; those that follow within a minute are counted, and
 * one row says how many there were. Never throws: the refusal is what the client must get.
 */
export async function auditRefusal(
  who: (AuditContext & { log?: Logger }) | Visitor,
  error: unknown,
  door: Door,
): Promise<void> {
  if (!isRefusal(error, door)) return;
  const author = "actor" in who ? who : asAuthor(who, who.db, null);
  const { userId, ip, token } = author.actor;
  try {
    const from = userId === null ? clientNetwork(ip) : `${userId}/${token?.id ?? ""}`;
    await counterOf(author.db).count(`${door} ${error.code}`, from, {
      write: (repeated, alone) => write(author, error, door, repeated, alone),
    });
  } catch (failure) {
    const log = ("log" in who && who.log) || logger();
    log.error({ err: failure, door, code: error.code }, "a refusal was not recorded");
  }
}

/** Writes what has been counted and not written yet: before the process ends. */
export async function flushRefusals(db: AuditContext["db"]): Promise<void> {
  await counterOf(db).flush();
}

function counterOf(db: AuditContext["db"]): RefusalCounter {
  const counters = once("audit.refusals", () => new WeakMap<object, RefusalCounter>());
  const counter = counters.get(db) ?? new RefusalCounter();
  counters.set(db, counter);
  return counter;
}

async function write(
  author: AuditContext,
  error: AppError,
  door: Door,
  repeated: number,
  alone: boolean,
): Promise<void> {
  const { permission, projectId } = error.details;
  const several = { userId: null, name: "", ip: "several" };
  await writeAudit(alone ? author : { ...author, actor: several }, {
    action: "access.refuse",
    outcome: "refused",
    projectId: typeof projectId === "string" ? projectId : null,
    detail: {
      door,
      code: error.code,
      reason: error.message,
      ...(typeof permission === "string" && { permission }),
      ...(repeated > 0 && { repeated }),
    },
  });
}
