import { expect, it } from "vitest";
import { detachDisk } from "@/lib/services/disk/detach-disk";
import { liveVm } from "@/lib/services/testing/live-vm";
import { liveDisk } from "@/lib/services/testing/snapshots";
import {
  addBackup,
  addImage,
  addKeptDisk,
  addVm,
  everything,
  makeWorld,
} from "@/lib/services/testing/world";
import { createVm } from "@/lib/services/vm/create-vm";
import { deleteVm } from "@/lib/services/vm/delete-vm";
import { createBackup } from "@/lib/services/vm-backup/create-backup";
import { restoreInPlace } from "@/lib/services/vm-backup/restore-in-place";
import { releaseStranded } from "./rows";

it("rows whose task is gone show again, and can be dealt with", async () => {
  const world = await makeWorld();
  const creating = await addVm(world, { lifecycle: "creating" });
  const deleting = await addVm(world, { lifecycle: "deleting" });
  const storing = await addImage(world, { state: "storing", pool: null, volume: null });
  const leaving = await addImage(world, { state: "deleting" });
  const disk = await addKeptDisk(world, { state: "deleting" });
  const file = await addKeptDisk(world, { state: "making" });
  const unmade = await addBackup(world, creating, { state: "making" });
  const undeleted = await addBackup(world, creating, { state: "deleting" });
  const findings = await releaseStranded(world.db);
  const stranded = [creating, deleting, storing, leaving, disk, file, unmade, undeleted];
  expect(findings.map((each) => each.subject).sort()).toEqual(
    stranded.map((each) => each.id).sort(),
  );
  const backups = await world.db.backup.findMany({ orderBy: { verdict: "asc" } });
  expect(backups).toMatchObject([
    { id: undeleted.id, state: "ready", verdict: null },
    { id: unmade.id, state: "ready", verdict: "damaged" },
  ]);
  expect(await world.db.vm.count({ where: { lifecycle: "ready" } })).toBe(2);
  expect(await world.db.disk.count({ where: { state: "ready" } })).toBe(4);
  const images = await world.db.image.findMany({ orderBy: { state: "asc" } });
  expect(images.map((each) => each.state)).toEqual(["failed", "ready"]);
  await deleteVm(world.member, { vmId: creating.id, confirmName: creating.name, keepDisks: false });
});

it("a disk of a VM is released once no task is at work on that VM", async () => {
  const world = await makeWorld();
  const vm = await addVm(world);
  const live = liveVm(vm);
  world.host.set({ ...live, disks: [liveDisk(live)], nextDisks: [liveDisk(live)] });
  const asked = { vmId: vm.id, target: "vda", remove: false, confirmName: null };
  const { taskId } = await detachDisk(world.member, asked);
  expect(await releaseStranded(world.db)).toEqual([]);
  expect(await world.db.disk.findFirst()).toMatchObject({ state: "detaching" });
  await world.db.task.update({ where: { id: taskId }, data: { state: "failed" } });
  const [finding] = await releaseStranded(world.db);
  expect(finding).toMatchObject({ kind: "disk.stranded" });
  expect(await world.db.disk.findFirst()).toMatchObject({ state: "ready", vmId: vm.id });
});

it("rows that a task works on, and rows at rest, are left alone", async () => {
  const world = await makeWorld();
  await addVm(world);
  await addImage(world);
  await addImage(world, { state: "uploading" });
  await addKeptDisk(world);
  await createVm(world.member, {
    projectId: world.project,
    name: "n",
    imageId: null,
    vcpus: 1,
    memoryMib: 512,
    diskGib: 1,
    diskFormat: "qcow2",
    network: "default",
    firmware: "bios",
  });
  const { id: vmId } = await addVm(world);
  const live = liveVm(await world.db.vm.findUniqueOrThrow({ where: { id: vmId } }));
  world.host.set({ ...live, disks: [liveDisk(live)], nextDisks: [liveDisk(live)] });
  await createBackup(world.member, { vmId, note: "", quiesce: true, incremental: false });
  const before = await everything(world.db);
  expect(await releaseStranded(world.db)).toEqual([]);
  expect(await everything(world.db)).toEqual(before);
});

it("files of a backup that a VM goes back to are being made until its task has ended", async () => {
  const world = await makeWorld();
  const vm = await addVm(world);
  const live = liveVm(vm, { state: "off", bootId: null });
  const disks = [liveDisk(live, { capacityBytes: 10 * 1024 ** 3 })];
  world.host.set({ ...live, disks, nextDisks: disks });
  const { id: backupId } = await addBackup(world, vm);
  const { taskId } = await restoreInPlace(world.member, { backupId, confirmName: null });
  const before = await everything(world.db);
  expect(await releaseStranded(world.db)).toEqual([]);
  expect(await everything(world.db)).toEqual(before);
  await world.db.task.update({ where: { id: taskId }, data: { state: "failed" } });
  expect(await releaseStranded(world.db)).toHaveLength(2);
});
