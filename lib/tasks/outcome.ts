import { isAppError } from "@/lib/model/errors";
import type { TaskView } from "@/lib/model/task";

type TaskError = NonNullable<TaskView["error"]>;

/**
 * Whether an error leaves open what happened. A call past its deadline may still be carried
 * out later (libvirt goes on working for a client that has left), so it counts as unknown.
 * `host.unreachable` means that nothing was sent: the step is simply still to do.
 */
export function leavesUnknown(error: unknown): boolean {
  return (
    isAppError(error, "host.outcome_unknown") ||
    isAppError(error, "host.timeout") ||
    isAppError(error, "host.unreachable")
  );
}

/** What the person reads about a failure; a bug shows as `internal`, its text goes to the log. */
export function taskErrorOf(error: unknown): TaskError {
  if (!isAppError(error)) return { key: "internal" };
  const detail = error.details.reason;
  return {
    key: error.userMessage.key,
    ...(error.userMessage.values ? { values: error.userMessage.values } : {}),
    ...(typeof detail === "string" ? { detail } : {}),
  };
}
