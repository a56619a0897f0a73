import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { tempDir } from "@/lib/db/testing/temp-db";
import { forceOffVm } from "@/lib/hypervisor/vm/force-off-vm";
import { startVm } from "@/lib/hypervisor/vm/start-vm";
import type { DomainRef } from "@/lib/libvirt";
import { exportBackup } from "@/lib/services/appliance/export-backup";
import { getBackupPool } from "@/lib/services/backup-pool/get-backup-pool";
import { setBackupPool } from "@/lib/services/backup-pool/set-backup-pool";
import { getQuota } from "@/lib/services/quota/get-quota";
import { cancelTask } from "@/lib/services/task/cancel-task";
import { createBackup } from "@/lib/services/vm-backup/create-backup";
import { deleteBackup } from "@/lib/services/vm-backup/delete-backup";
import { listBackups } from "@/lib/services/vm-backup/list-backups";
import { restoreBackup } from "@/lib/services/vm-backup/restore-backup";
import { comesBackElsewhere } from "@/lib/services/vm-backup/testing/empty-machine";
import { goesBack } from "@/lib/services/vm-backup/testing/in-place";
import { Increments } from "@/lib/services/vm-backup/testing/increments";
import { verifyBackup } from "@/lib/services/vm-backup/verify-backup";
import { CrashLab, type Portal } from "./testing/crash-lab";

const pool = "portico-backups";
let lab: CrashLab;
let portal: Portal;
/** One VM without a system for all of it. */
let vmId: string;

beforeAll(async () => {
  lab = await CrashLab.start("backup");
});
afterAll(async () => lab?.stop());

const run = (...words: [string, ...string[]]) =>
  execFileSync(words[0], words.slice(1), { encoding: "utf8" });
const ended = ({ taskId }: { taskId: string }) => lab.ended(portal.world.db, taskId);
const files = async () => (await lab.volumes()).filter((name) => name.startsWith("b-")).sort();
const pathOf = async (volume: string, of = pool) =>
  lab.peer.outside((await lab.peer.virsh(["vol-path", "--pool", of, volume])).trim());
const asked = { note: "", quiesce: true, incremental: false };
const backUp = () => createBackup(portal.world.member, { vmId, ...asked });
const diskOf = async (id: string) =>
  portal.world.db.disk.findFirstOrThrow({ where: { vmId: id, target: "vda" } });

/** Lets the portal's runner go at a point, and another one take over. */
async function killedAt<T>(point: string, ask: () => Promise<T>): Promise<T> {
  let reach = (): void => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  await portal.runner.stop(0);
  portal.runner = lab.startRunner(portal.world, portal.uploadsDir, async (name) => {
    if (name !== point) return;
    reach();
    await new Promise(() => undefined);
  });
  const answer = await ask();
  await reached;
  await portal.runner.stop(0);
  portal.runner = lab.startRunner(portal.world, portal.uploadsDir);
  return answer;
}

/** A guest that runs is copied by its QEMU; what is written afterwards is not in it. */
async function isMadeOnce(point: string): Promise<string> {
  const { backupId, taskId } = await killedAt(point, backUp);
  expect(await ended({ taskId })).toBe("done");
  const [disk] = await portal.world.db.backupDisk.findMany({ where: { backupId } });
  const path = await pathOf(disk?.volume ?? "");
  const info = JSON.parse(run("qemu-img", "info", "--output=json", path));
  expect(info).toMatchObject({ format: "qcow2", "virtual-size": 1024 ** 3 });
  expect(info["backing-filename"]).toBeUndefined();
  expect(run("sha256sum", path).split(" ")[0]).toBe(disk?.sha256);
  expect(await files()).toEqual([`b-${backupId}-vda.qcow2`, `b-${backupId}.xml`]);
  const { ran, quiesced, state } = await portal.world.db.backup.findUniqueOrThrow({
    where: { id: backupId },
  });
  // No agent answers in a guest without a system.
  expect({ ran, quiesced, state }).toEqual({ ran: true, quiesced: false, state: "ready" });
  return backupId;
}

async function isDeletedOnce(backupId: string, point: string): Promise<void> {
  const task = await killedAt(point, () => deleteBackup(portal.world.member, { backupId }));
  expect(await ended(task)).toBe("done");
  expect(await files()).toEqual([]);
  expect(await portal.world.db.backup.count()).toBe(0);
}

interface Job {
  id: string;
  status: string;
  "current-progress": number;
}

/** What is found once it stays the same: what was under way before an order is still done. */
async function settled<T>(look: () => Promise<T>): Promise<T> {
  for (let last = await look(); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const now = await look();
    if (now === last) return now;
    last = now;
  }
}

/** QEMU writes hardly anything of the next backup, until it is stopped; false when it was quicker. */
function slowly(): Promise<boolean> {
  const { link } = lab.host;
  const call = link.call.bind(link);
  // By the wire and not by virsh: the copying would be over before that has started.
  const qmp = async (dom: DomainRef, command: object) =>
    JSON.parse(
      (await call("qemuDomainMonitorCommand", { dom, cmd: JSON.stringify(command), flags: 0 }))
        .result,
    ) as { return: Job[] };
  return new Promise((resolve) => {
    const slowed: typeof link.call = async (name, args, options) => {
      const answer = await call(name, args, options);
      if (name !== "domainBackupBegin" || !("dom" in args)) return answer;
      const { dom } = args;
      const copying = async () =>
        (await qmp(dom, { execute: "query-jobs" })).return.filter(
          (each) => each.id.startsWith("backup-vda") && each.status === "running",
        );
      for (const { id: device } of await copying()) {
        await qmp(dom, { execute: "block-job-set-speed", arguments: { device, speed: 1 } });
      }
      vi.mocked(link.call).mockRestore();
      const progress = async () => (await copying())[0]?.["current-progress"];
      resolve((await settled(progress)) !== undefined);
      return answer;
    };
    vi.spyOn(link, "call").mockImplementation(slowed);
  });
}

/** A backup in the midst of its copying; one that was over too soon is made again. */
async function inTheMidst(): Promise<{ backupId: string; taskId: string }> {
  for (;;) {
    const begun = slowly();
    const task = await backUp();
    if (await begun) return task;
    expect(await ended(task)).toBe("done");
    expect(await ended(await deleteBackup(portal.world.member, task))).toBe("done");
  }
}

const job = async () => (await lab.peer.virsh(["domjobinfo", `p-${vmId}`])).split("\n")[0] ?? "";

async function nothingIsLeft(): Promise<void> {
  const { member, db, project } = portal.world;
  expect(await files()).toEqual([]);
  expect(await db.backup.count()).toBe(0);
  expect((await getQuota(member, { projectId: project })).used.diskGib).toBe(1);
  expect(await job()).toMatch(/None/);
  expect((await lab.peer.virsh(["domstate", `p-${vmId}`])).trim()).toBe("running");
}

/** Stopped by a person in the midst of it: no file, no row, no job, and the guest runs on. */
async function isCancelled(): Promise<void> {
  const task = await inTheMidst();
  expect(await job()).toMatch(/Unbounded/);
  await cancelTask(portal.world.member, task);
  expect(await ended(task)).toBe("cancelled");
  await nothingIsLeft();
}

/** Ended by virsh behind the portal's back: it fails with that reason, and leaves nothing. */
async function isEndedByVirsh(): Promise<void> {
  const task = await inTheMidst();
  await lab.peer.virsh(["domjobabort", `p-${vmId}`]);
  expect(await ended(task)).toBe("failed");
  const { error } = await portal.world.db.task.findUniqueOrThrow({ where: { id: task.taskId } });
  expect(error).toContain("backup.cut_off");
  await nothingIsLeft();
}

/** A portal that dies while QEMU writes: the next one ends that and begins again. */
async function isBegunAgain(): Promise<string> {
  const task = await inTheMidst();
  await portal.runner.stop(0);
  expect(await job()).toMatch(/Unbounded/);
  portal.runner = lab.startRunner(portal.world, portal.uploadsDir);
  expect(await ended(task)).toBe("done");
  return task.backupId;
}

/** A VM of its own, with the disk of then: written over since, and killed at a point. */
async function isRestoredOnce(backupId: string, point: string): Promise<void> {
  const { member, db } = portal.world;
  const restored = await killedAt(point, () =>
    restoreBackup(member, { backupId, name: "restored", start: false }),
  );
  expect(await ended(restored)).toBe("done");
  const { volume, pool: of } = await diskOf(restored.vmId);
  const path = await pathOf(volume, of);
  expect(run("qemu-io", "-r", "-f", "qcow2", "-c", "read -P 3 0 8M", path)).not.toContain("fail");
  const [old, own] = await Promise.all(
    [vmId, restored.vmId].map((id) => lab.peer.virsh(["dumpxml", `p-${id}`])),
  );
  const macs = (xml = "") => xml.match(/mac address='[^']+'/g) ?? [];
  expect(macs(own)).toHaveLength(1);
  expect(macs(own)).not.toEqual(macs(old));
  expect(own).toContain("<title>restored</title>");
  expect(own).not.toContain(vmId);
  await lab.remove(portal, restored.vmId, "restored");
  expect(await db.vm.count()).toBe(1);
}

/** A file that is not what was written: verified as damaged, and nothing is restored from it. */
async function isNotBelieved(backupId: string): Promise<void> {
  const { member, db, project } = portal.world;
  const look = async () => (await listBackups(member, { projectId: project }))[0]?.verdict;
  expect(await ended(await verifyBackup(member, { backupId }))).toBe("done");
  expect(await look()).toBe("intact");
  const path = await pathOf(`b-${backupId}-vda.qcow2`);
  run("qemu-io", "-f", "qcow2", "-c", "write -P 9 4M 64k", path);
  expect(await ended(await verifyBackup(member, { backupId }))).toBe("failed");
  expect(await look()).toBe("damaged");
  const restored = await restoreBackup(member, { backupId, name: "no", start: false });
  expect(await ended(restored)).toBe("failed");
  expect(await db.vm.count()).toBe(1);
  expect((await lab.domains()).length).toBe(1);
}

/** The portal's files alone are on the VM's disk; off, its host copies them. */
async function isCopiedWhileOff(): Promise<void> {
  const { member, db } = portal.world;
  const { uuid } = await db.vm.findUniqueOrThrow({ where: { id: vmId } });
  await forceOffVm(lab.host, uuid);
  const made = await killedAt("backup.create:copy:after", backUp);
  expect(await ended(made)).toBe("done");
  const path = await pathOf(`b-${made.backupId}-vda.qcow2`);
  expect(run("qemu-io", "-r", "-f", "qcow2", "-c", "read -P 3 0 8M", path)).not.toContain("fail");
  const [backup] = await listBackups(member, { projectId: portal.world.project });
  expect(backup).toMatchObject({ ran: false, quiesced: null, state: "ready" });
  expect(await ended(await deleteBackup(member, made))).toBe("done");
}

/** To another disk that an administrator names, and read and deleted there when it is no longer named. */
async function goesToAnotherPool(): Promise<void> {
  const { member, admin, db } = portal.world;
  const { virsh } = lab.peer;
  const hostId = lab.host.id;
  const folder = "/var/lib/libvirt/images/usb";
  await virsh(["pool-define-as", "usb", "dir", "--target", folder]);
  await virsh(["pool-build", "usb"]);
  await virsh(["pool-start", "usb"]);
  await eventually("the pool", async () => {
    const { choices } = await getBackupPool(admin, { hostId });
    expect(choices).toMatchObject([{ name: "usb", active: true }]);
  });
  await setBackupPool(admin, { hostId, pool: "usb" });
  const there = () => lab.peer.inside(["ls", folder]);
  // What was written to try it is gone.
  expect(await there()).toBe("");
  const made = await backUp();
  expect(await ended(made)).toBe("done");
  expect((await there()).trim().split("\n")).toEqual([
    `b-${made.backupId}-vda.qcow2`,
    `b-${made.backupId}.xml`,
  ]);
  expect(await files()).toEqual([]);
  await setBackupPool(admin, { hostId, pool: null });
  expect(await ended(await verifyBackup(member, made))).toBe("done");
  expect(await ended(await deleteBackup(member, made))).toBe("done");
  expect([await there(), await db.backup.count()]).toEqual(["", 0]);
  await virsh(["pool-destroy", "usb"]);
  await virsh(["pool-undefine", "usb"]);
}

/** An archive of it while its guest runs on: the disk of then, and nothing that is another by now. */
async function isExported(backupId: string): Promise<void> {
  const { member, db } = portal.world;
  const archive = await exportBackup(member, { backupId });
  const pieces: Buffer[] = [];
  for await (const piece of archive.bytes(AbortSignal.timeout(60_000))) pieces.push(piece);
  const tar = Buffer.concat(pieces);
  expect(tar.length).toBe(archive.sizeBytes);
  const folder = await tempDir();
  execFileSync("tar", ["-C", folder, "-xf", "-"], { input: tar });
  const path = await pathOf(`b-${backupId}-vda.qcow2`);
  run("qemu-img", "compare", "-f", "qcow2", "-F", "qcow2", path, join(folder, "guest-vda.qcow2"));
  execFileSync("sed", ["-i", "s/SHA256(\\(.*\\))= \\(.*\\)/\\2  \\1/", "guest.mf"], {
    cwd: folder,
  });
  execFileSync("sha256sum", ["--check", "--quiet", "guest.mf"], { cwd: folder });

  const where = { id: backupId };
  await db.backup.update({ where, data: { baseId: backupId } });
  await expect(exportBackup(member, { backupId })).rejects.toMatchObject({
    userMessage: { key: "export.increment" },
  });
  await db.backup.update({ where, data: { baseId: null } });
  const [disk] = await db.backupDisk.findMany({ where: { backupId } });
  await db.backupDisk.updateMany({ where: { backupId }, data: { sha256: "0".repeat(64) } });
  const other = await exportBackup(member, { backupId });
  const drained = (async () => {
    for await (const _piece of other.bytes(AbortSignal.timeout(60_000)));
  })();
  await expect(drained).rejects.toThrow("is not what was written once");
  await db.backupDisk.updateMany({ where: { backupId }, data: { sha256: disk?.sha256 ?? null } });
}

// One guest serves all of it: what each part does leaves it as it was.
it("a VM's backup: made once, cut off everywhere, verified, restored and deleted", async () => {
  portal = await lab.startPortal();
  vmId = await lab.created(portal);
  const { uuid } = await portal.world.db.vm.findUniqueOrThrow({ where: { id: vmId } });
  const { volume, pool: of } = await diskOf(vmId);
  const path = await pathOf(volume, of);
  const whileOff = async (command: string) => {
    await forceOffVm(lab.host, uuid);
    run("qemu-io", "-f", "qcow2", "-d", "unmap", "-c", command, path);
    await startVm(lab.host, uuid);
  };
  // So much that QEMU can be slowed down before it is through.
  await whileOff("write -P 3 0 1000M");
  await isCancelled();
  await isEndedByVirsh();
  await isDeletedOnce(await isBegunAgain(), "backup.delete:check:after");
  await whileOff("discard 16M 1008M");
  for (const point of ["definition:after", "copy:after"]) {
    const backupId = await isMadeOnce(`backup.create:${point}`);
    await isDeletedOnce(backupId, "backup.delete:volume:after");
  }
  const backupId = await isMadeOnce("backup.create:copy:before");
  for (const point of ["copy:after", "define:after"]) {
    await isRestoredOnce(backupId, `backup.restore:${point}`);
  }
  await isExported(backupId);
  await comesBackElsewhere(lab, portal, { backupId, name: "guest" });
  await isNotBelieved(backupId);
  const increments = new Increments(lab, portal, vmId);
  await isDeletedOnce(backupId, "backup.delete:forget:before");
  await increments.areWhatTheyShouldBe(killedAt);
  await increments.fallBack();
  await goesBack(lab, portal, vmId, killedAt, ["copy:after", "switch:after", "old:before"]);
  await isCopiedWhileOff();
  await goesToAnotherPool();
  await lab.remove(portal, vmId);
  await lab.expectNothingLeft(portal);
}, 300_000);
