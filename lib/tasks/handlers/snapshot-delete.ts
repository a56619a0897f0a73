import { deleteSnapshot } from "@/lib/hypervisor/snapshots/delete-snapshot";
import { removeFile } from "@/lib/hypervisor/snapshots/files";
import type { LiveVm, Place } from "@/lib/hypervisor/types";
import { planDelete } from "@/lib/model/snapshot-plan";
import { assertPossible } from "@/lib/services/snapshot/refuse";
import { type SnapshotDeleteTask, snapshotDelete } from "../definitions/snapshot-delete";
import type { Step, TaskHandler } from "./handler";
import { lookAt } from "./take-snapshot";

/**
 * One after the other, planned anew each time by what is really there: so it goes on where it was
 * cut off, and stops between two when it is cancelled. What is deleted cannot be brought back.
 */
const remove: Step<SnapshotDeleteTask> = {
  async run(context, input) {
    let done = 0;
    for (;;) {
      const { host, live, set } = await lookAt(context, input);
      if (!set.snapshots.some((each) => each.name === input.name)) return;
      context.signal.throwIfAborted();
      const plan = planDelete(set, input.name, input.children);
      assertPossible(plan.problem);
      const [step] = plan.steps;
      if (step === undefined) return;
      context.progress((100 * done) / (done + plan.steps.length));
      if (step.how === "drop") {
        // Files first: what libvirt has forgotten, nobody would find again.
        for (const file of ownFiles(live, step.name)) await removeFile(host, file);
      }
      await deleteSnapshot(host, input.uuid, step.name, { metadataOnly: step.how === "drop" });
      done += 1;
    }
  },
};

/** The snapshot's own files, without any that something else still needs. */
function ownFiles(live: LiveVm, name: string): Place[] {
  const key = ({ pool, volume, path }: Place) => (volume === null ? path : `${pool}/${volume}`);
  const needed = [
    ...live.disks,
    ...live.nextDisks,
    ...live.snapshots.filter((each) => each.name !== name).flatMap((each) => each.disks),
  ].map(key);
  const own = live.snapshots.find((each) => each.name === name)?.disks ?? [];
  return own.filter((disk) => !needed.includes(key(disk)));
}

const finish: Step<SnapshotDeleteTask> = {
  async run(context, input) {
    await lookAt(context, input);
  },
};

export const snapshotDeleteHandler: TaskHandler<SnapshotDeleteTask> = {
  definition: snapshotDelete,
  steps: { delete: remove, finish },
};
