import { AppError, type ErrorCode, notFound } from "@/lib/model/errors";
import type { Problem } from "@/lib/model/snapshot-plan";

const codes: Partial<Record<NonNullable<Problem>["key"], ErrorCode>> = {
  "snapshot.bad_state": "vm.bad_state",
  "snapshot.saved": "vm.bad_state",
  "snapshot.name_taken": "conflict.exists",
};

/** Throws what a plan refuses: `not_found`, `vm.bad_state`, `conflict.exists` or `conflict.rule`. */
export function assertPossible(problem: Problem): void {
  if (problem === null) return;
  if (problem.key === "snapshot.unknown") throw notFound("the snapshot");
  throw new AppError({
    code: codes[problem.key] ?? "conflict.rule",
    message: `refused by the plan: ${problem.key}`,
    userMessage: problem,
  });
}
