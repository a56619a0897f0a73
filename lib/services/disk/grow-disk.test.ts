import { expect, it } from "vitest";
import { liveVm } from "../testing/live-vm";
import { liveDisk } from "../testing/snapshots";
import { addKeptDisk, addVm, everything, makeWorld, type World } from "../testing/world";
import { addDisk } from "./add-disk";
import { growDisk } from "./grow-disk";

const gib = 1024 ** 3;

/** A VM with one disk of 10 GiB that its host has, too. */
async function withDisk(world: World) {
  const vm = await addVm(world, { name: "web" });
  const live = liveVm(vm);
  const disks = [liveDisk(live, { capacityBytes: 10 * gib })];
  world.host.set({ ...live, disks, nextDisks: disks });
  return { vmId: vm.id, live: { ...live, disks, nextDisks: disks } };
}

it("counts from the request on, once, and holds everything else off the disk", async () => {
  const world = await makeWorld();
  const { vmId } = await withDisk(world);
  await world.db.project.update({ where: { id: world.project }, data: { maxDiskGib: 30 } });
  const asked = { vmId, target: "vda", sizeGib: 25 };
  const answers = await Promise.allSettled(
    [1, 2, 3].map(async () => growDisk(world.member, asked)),
  );
  expect(answers.filter((each) => each.status === "fulfilled")).toHaveLength(1);
  for (const answer of answers) {
    if (answer.status === "rejected") {
      expect(answer.reason).toMatchObject({ userMessage: { key: "disk.busy" } });
    }
  }
  expect(await world.db.disk.findFirst()).toMatchObject({
    state: "growing",
    capacityBytes: BigInt(25 * gib),
  });
  expect(await world.db.task.findMany()).toMatchObject([{ kind: "disk.grow", targetId: vmId }]);
  await expect(addDisk(world.member, { vmId, sizeGib: 6, format: "qcow2" })).rejects.toMatchObject({
    code: "quota.exceeded",
  });
});

it("that the quota or the pool cannot carry leaves nothing behind but a line in the log", async () => {
  const world = await makeWorld();
  const { vmId } = await withDisk(world);
  await world.db.project.update({ where: { id: world.project }, data: { maxDiskGib: 12 } });
  const before = await everything(world.db);
  for (const sizeGib of [13, 1001]) {
    const asked = { vmId, target: "vda", sizeGib };
    await expect(growDisk(world.member, asked)).rejects.toMatchObject({ code: "quota.exceeded" });
  }
  expect(await everything(world.db)).toEqual(before);
  expect(await world.db.auditEvent.findFirst({ where: { action: "disk.grow" } })).toMatchObject({
    outcome: "failed",
    targetId: vmId,
  });
});

it("is of the VM's own disk alone", async () => {
  const world = await makeWorld();
  const { vmId, live } = await withDisk(world);
  await addKeptDisk(world, { target: "vdb" });
  const cd = liveDisk(live, { target: "sda", device: "cdrom", volume: "disc.iso" });
  const theirs = liveDisk(live, { target: "vdc", volume: "by-virsh.qcow2" });
  const disks = [...live.disks, cd, theirs];
  world.host.set({ ...live, disks, nextDisks: disks });
  const grow = (target: string) => growDisk(world.member, { vmId, target, sizeGib: 20 });
  await expect(grow("vdb")).rejects.toMatchObject({ code: "not_found" });
  for (const target of ["sda", "vdc"]) {
    await expect(grow(target)).rejects.toMatchObject({ userMessage: { key: "disk.not_ours" } });
  }
  await grow("vda");
});
