import { AppError } from "@/lib/model/errors";

/** The error to throw at who would delete a VM that is held against it. */
export function isLocked(vmId: string): AppError {
  return new AppError({
    code: "conflict.rule",
    message: `vm ${vmId} is locked`,
    userMessage: { key: "vm.is_locked" },
  });
}

/** The error to throw at who comes too late to hold it. */
export function isDeleting(vmId: string): AppError {
  return new AppError({
    code: "vm.bad_state",
    message: `vm ${vmId} is being deleted`,
    userMessage: { key: "vm.is_deleting" },
  });
}
