import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { type PrivateHost, startPrivateHost } from "@/e2e/host/private-host";
import type { Db } from "@/lib/db/client";
import { tempDir } from "@/lib/db/testing/temp-db";
import { ensureHostReady } from "@/lib/hypervisor/ensure-host-ready";
import type { SupervisedHost } from "@/lib/hypervisor/host";
import { connectTestHost } from "@/lib/hypervisor/testing/test-host";
import { deleteVolume, listVolumes } from "@/lib/hypervisor/volumes";
import type { CreateVmInput } from "@/lib/model/vm";
import { makeRealWorld, type RealWorld } from "@/lib/services/testing/real-world";
import { silentLog } from "@/lib/services/testing/silent-log";
import { createVm } from "@/lib/services/vm/create-vm";
import { deleteVm } from "@/lib/services/vm/delete-vm";
import { reconcile } from "../reconcile";
import { createTaskRunner, type TaskRunner } from "../task-runner";

export interface Portal {
  runner: TaskRunner;
  world: RealWorld;
  uploadsDir: string;
}

const pools = ["portico-disks", "portico-images", "portico-backups"];

/** A libvirtd of its own, and portals on it that can be killed at any fail point. */
export class CrashLab {
  private constructor(
    readonly peer: PrivateHost,
    readonly host: SupervisedHost,
  ) {}

  static async start(name: string): Promise<CrashLab> {
    const peer = await startPrivateHost({ name });
    const host = await connectTestHost(peer.uri);
    await ensureHostReady(host);
    await eventually("the pools", () => {
      expect(host.inventory.pools().filter((pool) => pool.active)).toHaveLength(3);
      expect(host.inventory.networks().some((network) => network.active)).toBe(true);
    });
    return new CrashLab(peer, host);
  }

  async stop(): Promise<void> {
    await this.host.stop();
    await this.peer.stop();
  }

  /** A test that fails must not make the next ones fail. */
  async clean(): Promise<void> {
    for (const name of await this.domains()) {
      await this.peer.virsh(["destroy", name]).catch(() => undefined);
      await this.peer
        .virsh(["undefine", "--nvram", "--snapshots-metadata", name])
        .catch(() => undefined);
    }
    for (const pool of pools) {
      for (const { name } of await listVolumes(this.host, pool)) {
        await deleteVolume(this.host, pool, name);
      }
    }
  }

  /** A runner as a portal has it; a second one takes over from a first that was killed. */
  startRunner(
    world: RealWorld,
    uploadsDir: string,
    failPoint?: (name: string) => Promise<void>,
  ): TaskRunner {
    const { db, hosts } = world;
    const runner = createTaskRunner({
      db,
      hosts,
      log: silentLog,
      uploadsDir,
      leaseMs: 1_000,
      unknownDelayMs: 100,
      failPoint,
    });
    onTestFinished(() => runner.stop(0));
    runner.pump();
    return runner;
  }

  async startPortal(failPoint?: (name: string) => Promise<void>): Promise<Portal> {
    const world = await makeRealWorld(this.host);
    const uploadsDir = join(await tempDir(), "uploads");
    await mkdir(uploadsDir);
    return { world, uploadsDir, runner: this.startRunner(world, uploadsDir, failPoint) };
  }

  /** Kills the portal's runner at a fail point and lets a new one take over. */
  async withCrash(point: string, begin: (portal: Portal) => Promise<void>): Promise<Portal> {
    let reached = (): void => undefined;
    const crashed = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const portal = await this.startPortal(async (name) => {
      if (name !== point) return;
      reached();
      await new Promise(() => undefined);
    });
    await begin(portal);
    await crashed;
    await this.takeOver(portal);
    return portal;
  }

  /** Ends the portal's runner where it stands; its leases have run out when the next one looks. */
  async takeOver(portal: Portal, failPoint?: (name: string) => Promise<void>): Promise<void> {
    await portal.runner.stop(0);
    await portal.world.db.task.updateMany({
      where: { leaseOwner: { not: null } },
      data: { leaseUntil: new Date() },
    });
    portal.runner = this.startRunner(portal.world, portal.uploadsDir, failPoint);
  }

  /** A runner that rests at a point until the returned function is called. */
  async heldAt(portal: Portal, point: string) {
    let reach = (): void => undefined;
    let release = (): void => undefined;
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await this.takeOver(portal, async (name) => {
      if (name !== point) return;
      reach();
      await released;
    });
    return { reached, release: () => release() };
  }

  async ended(db: Db, taskId: string): Promise<string> {
    return eventually("the end of the task", async () => {
      const { state } = await db.task.findUniqueOrThrow({ where: { id: taskId } });
      expect(["done", "failed", "cancelled"]).toContain(state);
      return state;
    });
  }

  /** Asks for the smallest VM that starts, or for one that differs from it. */
  create(world: RealWorld, name = "guest", change: Partial<CreateVmInput> = {}) {
    return createVm(world.member, {
      projectId: world.project,
      name,
      imageId: null,
      vcpus: 1,
      memoryMib: 64,
      diskGib: 1,
      diskFormat: "qcow2",
      network: "default",
      firmware: "bios",
      ...change,
    });
  }

  async created(portal: Portal, name?: string, change?: Partial<CreateVmInput>): Promise<string> {
    const { vmId, taskId } = await this.create(portal.world, name, change);
    expect(await this.ended(portal.world.db, taskId)).toBe("done");
    return vmId;
  }

  async domains(): Promise<string[]> {
    return (await this.peer.virsh(["list", "--all", "--name"]))
      .split("\n")
      .filter((name) => name !== "");
  }

  async volumes(): Promise<string[]> {
    const lists = await Promise.all(pools.map((pool) => listVolumes(this.host, pool)));
    return lists.flat().map((each) => each.name);
  }

  async expectNothingLeft({ world, uploadsDir }: Portal): Promise<void> {
    expect(await this.domains()).toEqual([]);
    expect(await this.volumes()).toEqual([]);
    expect(await world.db.vm.count()).toBe(0);
    expect(await world.db.disk.count()).toBe(0);
    expect(await world.db.backup.count()).toBe(0);
    const { db, hosts } = world;
    const report = await reconcile({ db, hosts, log: silentLog, uploadsDir });
    expect(report.findings).toEqual([]);
  }

  async remove(portal: Portal, vmId: string, name = "guest"): Promise<void> {
    const { member, db } = portal.world;
    const { taskId } = await deleteVm(member, { vmId, confirmName: name, keepDisks: false });
    expect(await this.ended(db, taskId)).toBe("done");
  }
}
