import { execFileSync } from "node:child_process";
import { expect } from "vitest";
import { forceOffVm } from "@/lib/hypervisor/vm/force-off-vm";
import { startVm } from "@/lib/hypervisor/vm/start-vm";
import type { CrashLab, Portal } from "@/lib/tasks/testing/crash-lab";
import { createBackup } from "../create-backup";
import { deleteBackup } from "../delete-backup";
import { restoreInPlace } from "../restore-in-place";

const run = (...words: [string, ...string[]]) =>
  execFileSync(words[0], words.slice(1), { encoding: "utf8" });

/**
 * A VM goes back to its backup: killed at a point on the way it gets there all the same, and from a
 * damaged file it does not leave where it is. The VM runs before and afterwards.
 */
export async function goesBack(
  lab: CrashLab,
  portal: Portal,
  vmId: string,
  killedAt: <T>(point: string, ask: () => Promise<T>) => Promise<T>,
  points: readonly string[],
): Promise<void> {
  const { member, db } = portal.world;
  const domain = `p-${vmId}`;
  const virsh = async (...args: string[]) => (await lab.peer.virsh(args)).trim();
  const ended = ({ taskId }: { taskId: string }) => lab.ended(db, taskId);
  const pathOf = async (pool: string, volume: string) =>
    lab.peer.outside(await virsh("vol-path", "--pool", pool, volume));
  const own = () => db.disk.findMany({ where: { vmId } });
  const { uuid, name } = await db.vm.findUniqueOrThrow({ where: { id: vmId } });
  const made = await createBackup(member, { vmId, note: "", quiesce: false, incremental: true });
  expect(await ended(made)).toBe("done");
  const of = { backupId: made.backupId, confirmName: name };
  const [file] = await db.backupDisk.findMany({ where: { backupId: made.backupId } });
  const kept = await pathOf("portico-backups", file?.volume ?? "");
  const macs = async () => (await virsh("dumpxml", domain)).match(/mac address='[^']+'/g);
  const [macsBefore] = [await macs()];
  await forceOffVm(lab.host, uuid);
  for (const point of points) {
    const [old] = await own();
    const path = await pathOf(old?.pool ?? "", old?.volume ?? "");
    run("qemu-io", "-f", "qcow2", "-c", "write -P 13 100M 1M", path);
    await virsh("desc", domain, "--config", "--title", "changed by virsh");
    const task = await killedAt(`backup.restore_in_place:${point}`, () =>
      restoreInPlace(member, of),
    );
    expect(await ended(task)).toBe("done");
    const [now, ...more] = await own();
    expect([now?.state, more]).toEqual(["ready", []]);
    expect(now?.volume).not.toBe(old?.volume);
    expect(await virsh("domblklist", domain, "--inactive")).toContain(now?.volume);
    const restored = await pathOf(now?.pool ?? "", now?.volume ?? "");
    expect(run("qemu-img", "compare", restored, kept)).toContain("identical");
    expect(await lab.volumes()).not.toContain(old?.volume);
    expect(await db.disk.count()).toBe(1);
  }
  expect(await virsh("checkpoint-list", domain, "--name")).toBe("");
  expect(await virsh("desc", domain, "--title")).toBe(name);
  expect(await macs()).toEqual(macsBefore);
  const before = { disks: await own(), xml: await virsh("dumpxml", domain) };
  run("qemu-io", "-f", "qcow2", "-c", "write -P 9 4M 64k", kept);
  expect(await ended(await restoreInPlace(member, of))).toBe("failed");
  expect({ disks: await own(), xml: await virsh("dumpxml", domain) }).toEqual(before);
  expect(await db.disk.count()).toBe(1);
  expect(await ended(await deleteBackup(member, { backupId: made.backupId }))).toBe("done");
  await startVm(lab.host, uuid);
}
