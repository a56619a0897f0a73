import { AppError, type UserMessage } from "@/lib/model/errors";

/** Throws what a plan for a VM's disks says against itself: `vm.bad_state` or `conflict.rule`. */
export function assertPossible(problem: UserMessage | null, domainName: string): void {
  if (problem === null) return;
  throw new AppError({
    code: problem.key === "disk.not_now" ? "vm.bad_state" : "conflict.rule",
    message: `disks of ${domainName}: ${problem.key}`,
    userMessage: problem,
  });
}
