import { createSnapshot } from "../../snapshot/create-snapshot";
import { deleteSnapshot } from "../../snapshot/delete-snapshot";
import { editSnapshot } from "../../snapshot/edit-snapshot";
import { revertSnapshot } from "../../snapshot/revert-snapshot";
import type { PlayedOnVm, Values, Verbs } from "./move";

const names = ["one", "two", "three", "four"] as const;
const nameOf = ({ which }: Values) => names[which % names.length] ?? names[0];

/** On a VM's snapshots. */
export const snapshotVerbs = {
  snapshot: (played) =>
    createSnapshot(played.ctx, { vmId: played.vm.id, name: nameOf(played), description: "" }),
  editSnapshot: (played) => {
    const { ctx, vm, size } = played;
    const description = `said ${size} times`;
    return editSnapshot(ctx, { vmId: vm.id, snapshot: nameOf(played), description });
  },
  revert: (played) => {
    const { ctx, vm, flag } = played;
    const first = flag ? "before" : null;
    return revertSnapshot(ctx, { vmId: vm.id, snapshot: nameOf(played), first, confirmName: null });
  },
  deleteSnapshot: (played) => {
    const { ctx, vm, flag: children } = played;
    return deleteSnapshot(ctx, { vmId: vm.id, snapshot: nameOf(played), children });
  },
} satisfies Verbs<PlayedOnVm>;
