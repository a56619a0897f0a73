import { planCreate } from "@/lib/model/snapshot-plan";
import { assertPossible } from "@/lib/services/snapshot/refuse";
import { type SnapshotCreateTask, snapshotCreate } from "../definitions/snapshot-create";
import type { Step, TaskHandler } from "./handler";
import { hasSnapshot, lookAt, takeSnapshot, untakeSnapshot } from "./take-snapshot";

/** The task itself is what counts until its snapshot is there. The VM may have changed meanwhile. */
const reserve: Step<SnapshotCreateTask> = {
  async run(context, input) {
    const { set } = await lookAt(context, input);
    const plan = planCreate(set, input);
    assertPossible(plan.problem);
  },
};

const take: Step<SnapshotCreateTask> = {
  look: (context, input) => hasSnapshot(context, input, input.name),
  run: (context, input) => takeSnapshot(context, input, input),
  undo: (context, input) => untakeSnapshot(context, input, input),
};

/** Here a task ends that was cancelled while libvirt took the snapshot: it is taken back. */
const finish: Step<SnapshotCreateTask> = {
  async run(context, input) {
    await lookAt(context, input);
  },
};

export const snapshotCreateHandler: TaskHandler<SnapshotCreateTask> = {
  definition: snapshotCreate,
  steps: { reserve, take, finish },
};
