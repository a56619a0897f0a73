import { expect, it } from "vitest";
import { liveVm } from "../testing/live-vm";
import { liveDisk } from "../testing/snapshots";
import { addVm, everything, makeWorld, type World } from "../testing/world";
import { detachDisk } from "./detach-disk";
import { growDisk } from "./grow-disk";

async function withDisk(world: World, locked = false) {
  const vm = await addVm(world, { name: "web", locked });
  const live = liveVm(vm);
  world.host.set({ ...live, disks: [liveDisk(live)], nextDisks: [liveDisk(live)] });
  return { vmId: vm.id, target: "vda" };
}

it("takes the disk for one task, which counts on and holds off what else is asked", async () => {
  const world = await makeWorld();
  const disk = await withDisk(world);
  const asked = { ...disk, remove: false, confirmName: null };
  const answers = await Promise.allSettled([1, 2].map(async () => detachDisk(world.member, asked)));
  expect(answers.filter((each) => each.status === "fulfilled")).toHaveLength(1);
  expect(await world.db.disk.findMany()).toMatchObject([{ state: "detaching", vmId: disk.vmId }]);
  await expect(growDisk(world.member, { ...disk, sizeGib: 20 })).rejects.toMatchObject({
    code: "vm.bad_state",
    userMessage: { key: "disk.busy" },
  });
});

it("is for good only by its name, and never while the VM is locked", async () => {
  const world = await makeWorld();
  const disk = await withDisk(world);
  const before = await everything(world.db);
  const wrong = { ...disk, remove: true, confirmName: "web" };
  await expect(detachDisk(world.member, wrong)).rejects.toMatchObject({
    code: "input.invalid",
    fields: { confirmName: { key: "field.confirm_disk" } },
  });
  expect(await everything(world.db)).toEqual(before);
  await detachDisk(world.member, { ...disk, remove: true, confirmName: " web/vda" });
  expect(await world.db.auditEvent.findFirst({ where: { action: "disk.remove" } })).toMatchObject({
    outcome: "ok",
    targetId: disk.vmId,
  });

  const held = await withDisk({ ...world, project: world.otherProject }, true);
  const asked = { ...held, confirmName: null };
  await expect(detachDisk(world.outsider, { ...asked, remove: true })).rejects.toMatchObject({
    userMessage: { key: "vm.is_locked" },
  });
  await detachDisk(world.outsider, { ...asked, remove: false });
});
