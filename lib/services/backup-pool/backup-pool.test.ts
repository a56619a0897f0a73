import { expect, it } from "vitest";
import { liveVm } from "../testing/live-vm";
import { liveDisk } from "../testing/snapshots";
import { addBackup, addVm, everything, makeWorld } from "../testing/world";
import { createBackup } from "../vm-backup/create-backup";
import { getBackupPool } from "./get-backup-pool";
import { setBackupPool } from "./set-backup-pool";

const usb = { name: "usb", role: "other", active: true, capacityBytes: 9e12, availableBytes: 8e12 };

async function worldWithPools() {
  const world = await makeWorld();
  world.host.pools.push(
    { ...usb, role: "other" },
    { ...usb, name: "away", active: false, role: "other" },
  );
  const vm = await addVm(world);
  const live = liveVm(vm);
  const disks = [liveDisk(live, { capacityBytes: 1024 ** 3 })];
  world.host.set({ ...live, disks, nextDisks: disks });
  const name = (backupPool: string | null) =>
    world.db.host.update({ where: { id: "local" }, data: { backupPool } });
  const ask = { vmId: vm.id, note: "", quiesce: false, incremental: true };
  return { world, vm, name, ask };
}

it("an administrator chooses among the host's pools that are not the portal's own", async () => {
  const { world, name } = await worldWithPools();
  await name("usb");
  expect(await getBackupPool(world.auditor, { hostId: "local" })).toMatchObject({
    pool: "usb",
    choices: [
      { name: "usb", active: true },
      { name: "away", active: false },
    ],
  });
  const before = await world.db.host.findMany();
  for (const [pool, key] of [
    ["nobodys", "unknown"],
    ["portico-disks", "unknown"],
    ["away", "inactive"],
  ] as const) {
    await expect(setBackupPool(world.admin, { hostId: "local", pool })).rejects.toMatchObject({
      code: "conflict.rule",
      userMessage: { key: `backup_pool.${key}`, values: { pool } },
    });
  }
  expect(await world.db.host.findMany()).toEqual(before);
  expect((await setBackupPool(world.admin, { hostId: "local", pool: null })).pool).toBeNull();
  const [entry] = await world.db.auditEvent.findMany({
    where: { action: "host.set_backup_pool", outcome: "ok" },
  });
  expect(JSON.parse(entry?.detail ?? "")).toEqual({ pool: null, before: "usb" });
});

it("backups go there, whole on top of one that lies elsewhere, and nowhere while it is away", async () => {
  const { world, vm, name, ask } = await worldWithPools();
  await addBackup(world, vm, { checkpoint: "portico-x" });
  await name("usb");
  const { backupId, taskId } = await createBackup(world.member, ask);
  const row = await world.db.backup.findUniqueOrThrow({ where: { id: backupId } });
  expect(row).toMatchObject({ pool: "usb", kind: "full" });
  const { input } = await world.db.task.findUniqueOrThrow({ where: { id: taskId } });
  expect(JSON.parse(input)).toMatchObject({
    pool: "usb",
    increment: { full: { key: "backup.full.elsewhere" } },
  });
  await world.db.task.updateMany({ data: { state: "done" } });
  await name("away");
  const before = await everything(world.db);
  await expect(createBackup(world.member, ask)).rejects.toMatchObject({
    code: "host.refused",
    userMessage: { key: "backup_pool.inactive", values: { pool: "away" } },
  });
  expect(await everything(world.db)).toEqual(before);
});
