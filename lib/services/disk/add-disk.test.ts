import { expect, it } from "vitest";
import { liveVm } from "../testing/live-vm";
import { liveDisk, withSnapshots } from "../testing/snapshots";
import { addVm, everything, makeWorld } from "../testing/world";
import { addDisk } from "./add-disk";

it("two at once take two places, and no more than the quota has", async () => {
  const world = await makeWorld();
  const vm = await addVm(world, { name: "web" });
  const live = liveVm(vm);
  world.host.set({ ...live, disks: [liveDisk(live)], nextDisks: [liveDisk(live)] });
  const before = await world.db.disk.aggregate({ _sum: { capacityBytes: true } });
  const used = Number(before._sum.capacityBytes) / 1024 ** 3;
  await world.db.project.update({
    where: { id: world.project },
    data: { maxDiskGib: Math.ceil(used) + 2 },
  });
  const asked = { vmId: vm.id, sizeGib: 1, format: "qcow2" as const };
  const answers = await Promise.allSettled(
    [1, 2, 3, 4].map(async () => addDisk(world.member, asked)),
  );
  expect(answers.filter((each) => each.status === "fulfilled")).toHaveLength(2);
  for (const answer of answers) {
    if (answer.status === "rejected") expect(answer.reason.code).toBe("quota.exceeded");
  }
  const rows = await world.db.disk.findMany({ where: { vmId: vm.id }, orderBy: { target: "asc" } });
  expect(rows.map((row) => row.target)).toEqual(["vda", "vdb", "vdc"]);
  expect(await world.db.task.count({ where: { kind: "disk.add", targetId: vm.id } })).toBe(2);
});

it("a VM with snapshots gets none, and nothing is left of the attempt", async () => {
  const world = await makeWorld();
  const vm = await addVm(world);
  world.host.set(withSnapshots(liveVm(vm), ["one"]));
  const disks = await world.db.disk.count();
  await expect(
    addDisk(world.member, { vmId: vm.id, sizeGib: 1, format: "raw" }),
  ).rejects.toMatchObject({ code: "conflict.rule", userMessage: { key: "disk.has_snapshots" } });
  expect(await world.db.disk.count()).toBe(disks);
  expect(await world.db.task.count()).toBe(0);
  const event = await world.db.auditEvent.findFirst({ where: { action: "disk.add" } });
  expect(event).toMatchObject({ outcome: "failed", targetId: vm.id });
});

it("is nobody else's to add", async () => {
  const world = await makeWorld();
  const { id: vmId } = await addVm(world);
  const before = await everything(world.db);
  const asked = { vmId, sizeGib: 1, format: "qcow2" as const };
  await expect(addDisk(world.outsider, asked)).rejects.toMatchObject({ code: "not_found" });
  expect(await everything(world.db)).toEqual(before);
});
