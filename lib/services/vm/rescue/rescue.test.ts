import { describe, expect, it } from "vitest";
import type { Vm } from "@/lib/db/generated/client";
import type { VmState } from "@/lib/model/vm-state";
import { addDisk } from "../../disk/add-disk";
import { createSnapshot } from "../../snapshot/create-snapshot";
import { liveVm } from "../../testing/live-vm";
import { addImage, addVm, everything, makeWorld, type World } from "../../testing/world";
import { createBackup } from "../../vm-backup/create-backup";
import { defineVm } from "../definition/define-vm";
import { ejectMedia } from "../eject-media";
import { getVm } from "../get-vm";
import { saveVm } from "../save-vm";
import { setBootOrder } from "../set-boot-order";
import { transferVm } from "../transfer/transfer-vm";
import { endRescue } from "./end-rescue";
import { startRescue } from "./start-rescue";
import { keepWayBack } from "./way-back";

async function vmIn(world: World, state: VmState): Promise<Vm> {
  const row = await addVm(world);
  world.host.set(liveVm(row, { state, bootId: null }));
  return row;
}

const way = { before: "<domain/>", beforeDigest: "b", definedDigest: "d" };

/** A VM that is in rescue, as its rows say. */
async function rescued(world: World, state: VmState = "running"): Promise<Vm> {
  const row = await vmIn(world, state);
  await keepWayBack(world.member, row, "rescue.iso", way);
  return row;
}

describe("a rescue", () => {
  it.each([
    ["running", "rescue.not_off"],
    ["paused", "rescue.not_off"],
    ["saved", "vm.is_saved"],
  ] as const)("does not begin while the VM is %s", async (state, key) => {
    const world = await makeWorld();
    const { id: vmId } = await vmIn(world, state);
    const { id: imageId } = await addImage(world);
    const before = await everything(world.db);
    await expect(startRescue(world.member, { vmId, imageId })).rejects.toMatchObject({
      code: "vm.bad_state",
      userMessage: { key },
    });
    expect(await everything(world.db)).toEqual(before);
  });

  it("does not begin from another project's image, one on its way, or after the lease", async () => {
    const world = await makeWorld();
    const { id: vmId } = await vmIn(world, "off");
    const theirs = await addImage({ ...world, project: world.otherProject });
    const begin = (imageId: string) => startRescue(world.member, { vmId, imageId });
    await expect(begin(theirs.id)).rejects.toMatchObject({ code: "not_found" });
    const coming = await addImage(world, { state: "uploading", pool: null, volume: null });
    await expect(begin(coming.id)).rejects.toMatchObject({
      userMessage: { key: "image.not_ready" },
    });
    const there = await addImage(world);
    await world.db.vm.updateMany({ data: { leaseStoppedAt: new Date() } });
    await expect(begin(there.id)).rejects.toMatchObject({ userMessage: { key: "lease.ended" } });
    expect(await world.db.vmRescue.count()).toBe(0);
  });

  it("is shown, and begins once", async () => {
    const world = await makeWorld();
    const row = await rescued(world);
    expect(await getVm(world.viewer, { vmId: row.id })).toMatchObject({
      rescue: { image: "rescue.iso", since: expect.any(String) },
    });
    await expect(keepWayBack(world.member, row, "other.iso", way)).rejects.toMatchObject({
      userMessage: { key: "rescue.busy" },
    });
    expect(await world.db.vmRescue.findMany()).toMatchObject([way]);
  });

  it("holds all that changes the definition until it ends", async () => {
    const world = await makeWorld();
    const { id: vmId } = await rescued(world);
    const { member, owner, admin } = world;
    const { id: imageId } = await addImage(world);
    const before = await everything(world.db);
    const held = { code: "vm.bad_state", userMessage: { key: "rescue.is_on" } };
    for (const change of [
      startRescue(member, { vmId, imageId }),
      addDisk(member, { vmId, sizeGib: 1, format: "qcow2" }),
      ejectMedia(member, { vmId }),
      setBootOrder(member, { vmId, order: ["vda"] }),
      saveVm(member, { vmId }),
      createSnapshot(member, { vmId, name: "one", description: "" }),
      createBackup(member, { vmId, note: "", quiesce: false, incremental: false }),
      transferVm(admin, { vmId, toProjectId: world.otherProject }),
    ]) {
      await expect(change).rejects.toMatchObject(held);
    }
    await expect(defineVm(owner, { vmId, xml: "<domain/>" })).rejects.toBeDefined();
    expect(await everything(world.db)).toEqual(before);
  });

  it("does not end where none is, nor while memory is saved", async () => {
    const world = await makeWorld();
    const off = await vmIn(world, "off");
    const end = ({ id: vmId }: Vm) => endRescue(world.member, { vmId, changed: "restore" });
    await expect(end(off)).rejects.toMatchObject({ userMessage: { key: "rescue.is_off" } });
    const saved = await rescued(world, "saved");
    await expect(end(saved)).rejects.toMatchObject({ userMessage: { key: "vm.is_saved" } });
    expect(await world.db.vmRescue.count()).toBe(1);
  });

  it("goes with its VM", async () => {
    const world = await makeWorld();
    const { id } = await rescued(world);
    await world.db.disk.deleteMany({ where: { vmId: id } });
    await world.db.vm.delete({ where: { id } });
    expect(await world.db.vmRescue.count()).toBe(0);
  });
});
