import type { ActionResult } from "@/lib/model/result";
import type { SnapshotView } from "@/lib/model/snapshot";

type TaskResult = Promise<ActionResult<{ taskId: string }>>;

/** The server actions of the page. */
export interface SnapshotActions {
  create: (input: {
    vmId: string;
    name: string;
    description: string;
    memory: boolean;
    quiesce: boolean;
  }) => TaskResult;
  edit: (input: {
    vmId: string;
    snapshot: string;
    description: string;
  }) => Promise<ActionResult<SnapshotView>>;
  revert: (input: {
    vmId: string;
    snapshot: string;
    first: string | null;
    confirmName: string;
  }) => TaskResult;
  remove: (input: { vmId: string; snapshot: string; children: boolean }) => TaskResult;
}
