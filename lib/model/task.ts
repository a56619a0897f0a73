export const taskKinds = [
  "vm.create",
  "vm.clone",
  "vm.import",
  "vm.delete",
  "vm.end_lease",
  "vm.save",
  "vm.start_in_order",
  "vm.boot_once",
  "vm.transfer",
  "disk.add",
  "disk.attach",
  "disk.delete",
  "disk.detach",
  "disk.grow",
  "disk.convert",
  "disk.compact",
  "image.store",
  "image.examine",
  "image.delete",
  "snapshot.create",
  "snapshot.revert",
  "snapshot.delete",
  "backup.create",
  "backup.verify",
  "backup.delete",
  "backup.restore",
  "backup.restore_in_place",
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** `unknown`: the wire died in mid-call; the reconciler looks and then decides. */
export const taskStates = ["queued", "running", "done", "failed", "unknown", "cancelled"] as const;
export type TaskState = (typeof taskStates)[number];

export const endedTaskStates: readonly TaskState[] = ["done", "failed", "cancelled"];

export interface TaskStepView {
  name: string;
  state: "pending" | "running" | "done" | "failed" | "undone";
}

export interface TaskView {
  id: string;
  projectId: string | null;
  kind: TaskKind;
  state: TaskState;
  /** 0..100, null when it cannot be told. */
  progressPercent: number | null;
  /** Message key and values of the failure, from the `errors` catalogue. */
  error: { key: string; values?: Record<string, string | number>; detail?: string } | null;
  steps: TaskStepView[];
  /** What a disk's file took before and after it was written anew; null until then. */
  fileSizes: { beforeBytes: number; afterBytes: number } | null;
  targetId: string | null;
  targetName: string;
  actorName: string;
  cancellable: boolean;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
}
