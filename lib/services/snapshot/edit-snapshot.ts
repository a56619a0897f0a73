import { redefineSnapshot } from "@/lib/hypervisor/snapshots/redefine-snapshot";
import { withDescription } from "@/lib/hypervisor/xml/edit-snapshot";
import { notFound } from "@/lib/model/errors";
import type { SnapshotView } from "@/lib/model/snapshot";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm } from "../vm/find-vm";
import { snapshotEntry } from "./audit-entry";
import { getSnapshot } from "./get-snapshot";
import { snapshotsNow } from "./snapshots-now";

/** Gives a snapshot another description, "" none. Throws `not_found`, `vm.bad_state`, `host.*`. */
export async function editSnapshot(
  ctx: Context,
  input: { vmId: string; snapshot: string; description: string },
): Promise<SnapshotView> {
  const row = await findVm(ctx, input.vmId, "vm.snapshot");
  const { snapshot: name, description } = input;
  const entry = snapshotEntry("snapshot.edit", row, { snapshot: name });
  await audited(ctx, entry, async () => {
    const { host, set } = await snapshotsNow(ctx, row);
    const found = set.snapshots.find((each) => each.name === name);
    if (found === undefined) throw notFound(`snapshot ${name}`);
    const change = (xml: string) => withDescription(xml, description);
    await redefineSnapshot(host, row.uuid, name, change, { current: found.current });
  });
  publish({ type: "vm", projectId: row.projectId, vmId: row.id });
  return getSnapshot(ctx, input);
}
