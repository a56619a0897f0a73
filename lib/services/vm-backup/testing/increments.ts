import { execFileSync } from "node:child_process";
import { expect } from "vitest";
import { forceOffVm } from "@/lib/hypervisor/vm/force-off-vm";
import { startVm } from "@/lib/hypervisor/vm/start-vm";
import type { CrashLab, Portal } from "@/lib/tasks/testing/crash-lab";
import { createSnapshot } from "../../snapshot/create-snapshot";
import { deleteSnapshot } from "../../snapshot/delete-snapshot";
import { revertSnapshot } from "../../snapshot/revert-snapshot";
import { createBackup } from "../create-backup";
import { deleteBackup } from "../delete-backup";
import { restoreBackup } from "../restore-backup";
import { verifyBackup } from "../verify-backup";

/** Increments of a running VM with one qcow2 disk: what virsh and qemu-img find of them. */
export class Increments {
  private readonly domain: string;

  constructor(
    private readonly lab: CrashLab,
    private readonly portal: Portal,
    private readonly vmId: string,
  ) {
    this.domain = `p-${vmId}`;
  }

  private virsh = async (...args: string[]) => (await this.lab.peer.virsh(args)).trim();

  private ended = async ({ taskId }: { taskId: string }) => {
    const { db } = this.portal.world;
    const state = await this.lab.ended(db, taskId);
    const { error } = await db.task.findUniqueOrThrow({ where: { id: taskId } });
    return error === null ? state : `${state}: ${error}`;
  };

  /** As the guest would: by its QEMU. */
  private async write(pattern: number, atMib: number): Promise<void> {
    const disk = "/machine/peripheral/virtio-disk0/virtio-backend";
    for (const command of [`write -P ${pattern} ${atMib}M 1M`, "flush"]) {
      const hmp = `qemu-io -d ${disk} "${command}"`;
      expect(await this.virsh("qemu-monitor-command", this.domain, "--hmp", hmp)).toBe("");
    }
  }

  private make = (incremental: boolean) =>
    createBackup(this.portal.world.member, {
      vmId: this.vmId,
      note: "",
      quiesce: false,
      incremental,
    });

  private async made(task: { backupId: string; taskId: string }) {
    expect(await this.ended(task)).toBe("done");
    const row = await this.portal.world.db.backup.findUniqueOrThrow({
      where: { id: task.backupId },
      include: { disks: true },
    });
    const because = row.fullBecause === null ? null : JSON.parse(row.fullBecause).key;
    return { ...row, because, file: await this.pathOf(row.pool, row.disks[0]?.volume ?? "") };
  }

  private pathOf = async (pool: string, volume: string) =>
    this.lab.peer.outside(await this.virsh("vol-path", "--pool", pool, volume));

  private marks = async () =>
    (await this.virsh("checkpoint-list", this.domain, "--name")).split("\n").filter(Boolean);

  private remove = async (backupId: string) =>
    expect(await this.ended(await deleteBackup(this.portal.world.member, { backupId }))).toBe(
      "done",
    );

  /** Links of a chain, each of which is what a whole copy of the same moment is. */
  async areWhatTheyShouldBe(killedAt: <T>(point: string, ask: () => Promise<T>) => Promise<T>) {
    const { member, db } = this.portal.world;
    const first = await this.made(await this.make(true));
    expect(first).toMatchObject({ kind: "full", because: "backup.full.first" });
    expect(await this.marks()).toEqual([`portico-${first.id}`]);
    await this.write(5, 40);
    const second = await this.made(await this.make(true));
    await this.write(6, 60);
    await this.virsh("suspend", this.domain);
    const third = await this.made(
      await killedAt("backup.create:copy:after", () => this.make(true)),
    );
    const whole = await this.made(await this.make(false));
    await this.virsh("resume", this.domain);
    expect(third).toMatchObject({ kind: "incremental", baseId: second.id, because: null });
    expect(second).toMatchObject({ kind: "incremental", baseId: first.id });
    expect(await this.marks()).toEqual([`portico-${third.id}`]);
    for (const [link, base] of [
      [second, first],
      [third, second],
    ] as const) {
      const info = JSON.parse(run("qemu-img", "info", "--output=json", link.file));
      expect(info["backing-filename"]).toBe(base.disks[0]?.volume);
      expect(info["actual-size"]).toBeLessThan(4 * 1024 ** 2);
    }
    expect(run("qemu-img", "compare", third.file, whole.file)).toContain("identical");
    await expect(deleteBackup(member, { backupId: first.id })).rejects.toMatchObject({
      code: "vm.bad_state",
      userMessage: { key: "backup.is_needed" },
    });
    expect(await this.ended(await verifyBackup(member, { backupId: third.id }))).toBe("done");
    expect(await db.backup.count({ where: { verdict: "intact" } })).toBe(3);
    for (const link of [third, second]) await this.isRestored(link);
    for (const { id } of [whole, third, second, first]) await this.remove(id);
    expect(await this.marks()).toEqual([]);
  }

  /** By itself, without a file below it, and the same as what it came from. */
  private async isRestored(link: { id: string; file: string }): Promise<void> {
    const { member, db } = this.portal.world;
    const ask = { backupId: link.id, name: "link", start: false };
    const { vmId, taskId } = await restoreBackup(member, ask);
    expect(await this.ended({ taskId })).toBe("done");
    const disk = await db.disk.findFirstOrThrow({ where: { vmId } });
    const path = await this.pathOf(disk.pool, disk.volume);
    expect(run("qemu-img", "compare", path, link.file)).toContain("identical");
    const info = JSON.parse(run("qemu-img", "info", "--output=json", path));
    expect(info["backing-filename"]).toBeUndefined();
    await this.lab.remove(this.portal, vmId, "link");
  }

  /** Where nothing can be built on the last one everything is written, with the reason. */
  async fallBack(): Promise<void> {
    const made: string[] = [];
    const next = async (because: string) => {
      const backup = await this.made(await this.make(true));
      expect(backup).toMatchObject({ kind: "full", because, baseId: null });
      made.unshift(backup.id);
      return backup;
    };
    const { id } = await next("backup.full.first");
    await this.virsh("checkpoint-delete", this.domain, `portico-${id}`);
    await next("backup.full.checkpoint");
    await this.snapshotsGoOn(next);
    const { uuid } = await this.portal.world.db.vm.findUniqueOrThrow({ where: { id: this.vmId } });
    await forceOffVm(this.lab.host, uuid);
    await next("backup.full.off");
    expect(await this.virsh("domstate", this.domain)).toBe("shut off");
    await startVm(this.lab.host, uuid);
    for (const backupId of made) await this.remove(backupId);
  }

  /** A mark keeps nobody from taking a snapshot and going back, on or off; QEMU itself would end. */
  private async snapshotsGoOn(next: (because: string) => Promise<unknown>): Promise<void> {
    const { member, db } = this.portal.world;
    const { uuid } = await db.vm.findUniqueOrThrow({ where: { id: this.vmId } });
    const vmId = this.vmId;
    const take = async (name: string) =>
      expect(await this.ended(await createSnapshot(member, { vmId, name, description: "" }))).toBe(
        "done",
      );
    const drop = async (snapshot: string) =>
      expect(
        await this.ended(await deleteSnapshot(member, { vmId, snapshot, children: false })),
      ).toBe("done");
    expect(await this.marks()).toHaveLength(1);
    await take("on");
    expect(await this.marks()).toEqual([]);
    await next("backup.full.snapshots");
    const back = { vmId, snapshot: "on", first: null, confirmName: "on" };
    expect(await this.ended(await revertSnapshot(member, back))).toBe("done");
    expect(await this.virsh("domstate", this.domain)).toBe("running");
    await drop("on");
    // The one before was whole without a mark.
    await next("backup.full.first");
    await forceOffVm(this.lab.host, uuid);
    expect(await this.marks()).toHaveLength(1);
    await take("off");
    expect(await this.virsh("domstate", this.domain)).toBe("shut off");
    expect(await this.marks()).toEqual([]);
    await drop("off");
    await startVm(this.lab.host, uuid);
  }
}

const run = (...words: [string, ...string[]]) =>
  execFileSync(words[0], words.slice(1), { encoding: "utf8" });
