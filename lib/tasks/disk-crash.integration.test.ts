import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { deleteDisk } from "@/lib/services/disk/delete-disk";
import { listDisks } from "@/lib/services/disk/list-disks";
import { getQuota } from "@/lib/services/quota/get-quota";
import { deleteVm } from "@/lib/services/vm/delete-vm";
import { diskDelete } from "./definitions/disk-delete";
import { CrashLab, type Portal } from "./testing/crash-lab";

let lab: CrashLab;

beforeAll(async () => {
  lab = await CrashLab.start("diskcrash");
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

const volumes = () => lab.peer.virsh(["vol-list", "portico-disks"]);

/** Makes a VM and deletes it without its disk; returns that one's id and volume. */
async function kept(portal: Portal): Promise<{ diskId: string; volume: string }> {
  const vmId = await lab.created(portal);
  const { member, db } = portal.world;
  const { taskId } = await deleteVm(member, { vmId, confirmName: "guest", keepDisks: true });
  expect(await lab.ended(db, taskId)).toBe("done");
  const disk = await db.disk.findFirstOrThrow();
  return { diskId: disk.id, volume: disk.volume };
}

describe("a disk that was kept", () => {
  it("is there, is shown and counts; once deleted, its volume is gone", async () => {
    const portal = await lab.startPortal();
    const { diskId, volume } = await kept(portal);
    const { member, project, db } = portal.world;
    expect(await lab.domains()).toEqual([]);
    expect(await volumes()).toContain(volume);
    const [disk] = await listDisks(member, { projectId: project });
    expect(disk).toMatchObject({ id: diskId, volume, vm: null, keptFrom: "guest" });
    expect(disk?.allocationBytes).toBeGreaterThan(0);
    expect((await getQuota(member, { projectId: project })).used).toMatchObject({
      vms: 0,
      diskGib: 1,
    });
    const { taskId } = await deleteDisk(member, { diskId });
    expect(await lab.ended(db, taskId)).toBe("done");
    expect(await volumes()).not.toContain(volume);
    expect((await getQuota(member, { projectId: project })).used.diskGib).toBe(0);
    await lab.expectNothingLeft(portal);
  });

  const points = diskDelete.steps.flatMap((step) => [
    `disk.delete:${step}:before`,
    `disk.delete:${step}:after`,
  ]);

  it.each(points)("deleted by a portal killed at %s: nothing is left", async (point) => {
    const portal = await lab.withCrash(point, async (own) => {
      const { diskId } = await kept(own);
      await deleteDisk(own.world.member, { diskId });
    });
    const { db } = portal.world;
    const task = await db.task.findFirstOrThrow({ where: { kind: "disk.delete" } });
    expect(await lab.ended(db, task.id)).toBe("done");
    expect(await volumes()).not.toContain("p-");
    await lab.expectNothingLeft(portal);
  });
});
