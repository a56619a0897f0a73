import { expect, it } from "vitest";
import { liveVm } from "../testing/live-vm";
import { liveDisk } from "../testing/snapshots";
import { addKeptDisk, addVm, everything, makeWorld, type World } from "../testing/world";
import { attachDisk } from "./attach-disk";

async function running(world: World, name = "web") {
  const vm = await addVm(world, { name });
  const live = liveVm(vm);
  world.host.set({ ...live, disks: [liveDisk(live)], nextDisks: [liveDisk(live)] });
  return { vmId: vm.id, live };
}

it("gives a kept disk to one VM, once, with a place of its own", async () => {
  const world = await makeWorld();
  const { vmId } = await running(world);
  const other = await running(world, "db");
  const kept = await addKeptDisk(world, { keptFrom: "old" });
  const answers = await Promise.allSettled(
    [vmId, other.vmId].map(async (id) => attachDisk(world.member, { vmId: id, diskId: kept.id })),
  );
  expect(answers.filter((each) => each.status === "fulfilled")).toHaveLength(1);
  const row = await world.db.disk.findUniqueOrThrow({ where: { id: kept.id } });
  expect(row).toMatchObject({ state: "attaching", target: "vdb", keptFrom: null, keptAt: null });
  const [task] = await world.db.task.findMany({ where: { kind: "disk.attach" } });
  expect(task?.targetId).toBe(row.vmId);
  expect(JSON.parse(task?.input ?? "")).toMatchObject({ kept: { target: "vda", from: "old" } });
});

it("is of the project's own disks that nobody has", async () => {
  const world = await makeWorld();
  const { vmId, live } = await running(world);
  const theirs = await addKeptDisk({ db: world.db, project: world.otherProject });
  const own = await world.db.disk.findFirstOrThrow({ where: { vmId } });
  await world.db.host.create({ data: { id: "far", name: "far", uri: "test:///far" } });
  const far = await addKeptDisk(world, { hostId: "far" });
  const used = await addKeptDisk(world);
  const foreign = { ...live, uuid: "foreign", vmId: null, projectId: null };
  world.host.set({ ...foreign, nextDisks: [liveDisk(live, { volume: used.volume })] });
  const before = await everything(world.db);
  const attach = (diskId: string) => attachDisk(world.member, { vmId, diskId });
  await expect(attach(theirs.id)).rejects.toMatchObject({ code: "not_found" });
  for (const [diskId, key] of [
    [own.id, "disk.of_a_vm"],
    [far.id, "disk.other_host"],
    [used.id, "disk.in_use"],
  ] as const) {
    await expect(attach(diskId)).rejects.toMatchObject({ userMessage: { key } });
  }
  expect(await everything(world.db)).toEqual(before);
});
