import { defineRescue } from "@/lib/hypervisor/vm/define-rescue";
import { readDefinitions } from "@/lib/hypervisor/vm/read-definition";
import { startVm } from "@/lib/hypervisor/vm/start-vm";
import { undoRescue } from "@/lib/hypervisor/vm/undo-rescue";
import { essenceOf } from "@/lib/hypervisor/xml/rescue";
import { printXml } from "@/lib/hypervisor/xml/tree";
import { AppError, notFound } from "@/lib/model/errors";
import type { VmView } from "@/lib/model/vm";
import { isOff } from "@/lib/model/vm-state";
import { assertCan } from "@/lib/policies/can";
import { audited } from "../../audited";
import type { Context } from "../../context";
import { publish } from "../../live/bus";
import { assertNotBackingUp } from "../../vm-backup/assert-not-backing-up";
import { assertNotRewriting } from "../../volume/assert-not-rewriting";
import { assertNotCloned } from "../clone/assert-not-cloned";
import { findSeenVm, requireLive } from "../find-vm";
import { endedByLease } from "../to-vm-view";
import { viewOf } from "../view-of";
import { keepWayBack, leaveRescue } from "./way-back";

/**
 * Starts a VM that is off from an image of its own project, with its disks beside it; every start
 * does so until `endRescue`. Throws `not_found` for any other image, `vm.bad_state` for one that is
 * not ready, unless the VM is off and at rest, or when its lease has ended, and `host.*` errors;
 * its definition is as before then.
 */
export async function startRescue(
  ctx: Context,
  input: { vmId: string; imageId: string },
): Promise<VmView> {
  const row = await findSeenVm(ctx, input.vmId);
  const { id: vmId, projectId, uuid, name: targetName } = row;
  const image = await ctx.db.image.findFirst({ where: { id: input.imageId, projectId } });
  if (!image) throw notFound(`image ${input.imageId}`);
  assertCan(ctx.actor, "vm.rescue", projectId);
  const detail = { imageId: image.id, image: image.name };
  const entry = { projectId, targetType: "vm", targetId: vmId, targetName, detail };
  await audited(ctx, { action: "vm.start_rescue", ...entry }, async () => {
    const { host, live: known } = requireLive(ctx, row);
    const { pool, volume } = image;
    if (image.state !== "ready" || pool === null || volume === null) {
      throw refusal(vmId, "image.not_ready");
    }
    const { state } = (await host.inventory.refresh(uuid)) ?? known;
    if (!isOff(state)) throw refusal(vmId, "rescue.not_off");
    if (endedByLease(row, "start")) throw refusal(vmId, "lease.ended");
    await assertNotRewriting(ctx.db, vmId);
    await assertNotCloned(ctx.db, row);
    await assertNotBackingUp(ctx.db, vmId);
    const { next } = await readDefinitions(host, uuid);
    const way = {
      before: printXml(next.root),
      beforeDigest: essenceOf(next.root),
      definedDigest: null as string | null,
    };
    await keepWayBack(ctx, row, image.name, way);
    try {
      way.definedDigest = await defineRescue(host, uuid, next, { pool, volume });
      const { definedDigest } = way;
      await ctx.db.vmRescue.update({ where: { vmId }, data: { definedDigest } });
      await startVm(host, uuid);
    } catch (error) {
      // Where the host does not answer it stays in rescue, and the way back is kept.
      await undoRescue(host, uuid, way, "refuse").then(
        () => leaveRescue(ctx, vmId),
        (err: unknown) => ctx.log.warn({ err, vmId }, "a rescue that failed was not taken back"),
      );
      throw error;
    }
  });
  publish({ type: "vm", projectId, vmId });
  return viewOf(ctx.hosts, await findSeenVm(ctx, vmId));
}

function refusal(vmId: string, key: string): AppError {
  return new AppError({
    code: "vm.bad_state",
    message: `vm ${vmId} does not go into rescue: ${key}`,
    userMessage: { key },
  });
}
