import { expect } from "vitest";
import type { Vm } from "@/lib/db/generated/client";
import type { Host } from "@/lib/hypervisor/types";
import { BYTES_PER_GIB } from "@/lib/model/units";
import type { Context } from "../../context";
import { getQuota } from "../../quota/get-quota";
import { expectBackups } from "./backup-invariants";
import { expectDisks } from "./disk-invariants";
import { expectNothingDue } from "./due-invariants";
import type { Scene } from "./move";
import { expectNoOrphans } from "./orphans";
import { expectPlaces } from "./place-invariants";
import { ask, type Said } from "./said";
import { expectUploads } from "./upload-invariants";
import { expectVm } from "./vm-invariants";

/**
 * That rows, libvirt and files tell the same of a scene at rest: call it when no task runs. All
 * facts of libvirt's are asked for anew.
 */
export async function expectInvariants(scene: Scene, taskIds: readonly string[]): Promise<void> {
  const { ctx, host, projects } = scene;
  await expectTasks(ctx, projects, taskIds);
  const vms = await ctx.db.vm.findMany({ where: { projectId: { in: [...projects] } } });
  const said = new Map<string, Said>();
  for (const vm of vms) {
    const each = await ask(host, vm);
    said.set(vm.id, each);
    await expectVm(ctx, host, vm, each);
    await expectPlaces(host, vm);
  }
  const macs = [...said.values()].flatMap((each) => each.macs);
  expect(new Set(macs).size, "cards of one address").toBe(macs.length);
  await expectNothingDue(scene, vms, said);
  await expectUploads(scene);
  const disks = await expectDisks(scene, said);
  const backups = await expectBackups(ctx, host, projects);
  for (const projectId of projects) {
    const own = vms.filter((vm) => vm.projectId === projectId);
    await expectQuota(ctx, host, { projectId, vms: own, said, backups: backups.bytes });
  }
  await expectNoOrphans(scene, [...disks, ...backups.files]);
}

async function expectTasks(ctx: Context, projects: readonly string[], taskIds: readonly string[]) {
  const where = { projectId: { in: [...projects] } };
  const tasks = await ctx.db.task.findMany({ where, include: { steps: true } });
  expect(tasks.map(({ id }) => id)).toEqual(expect.arrayContaining([...taskIds]));
  for (const { kind, state, steps, error } of tasks) {
    const left = steps.map((step) => step.state);
    expect(["done", "failed", "cancelled"], `${kind}: ${left}`).toContain(state);
    // What nobody has foreseen: a fault, whatever was undone.
    expect(error ?? "", kind).not.toContain('"internal"');
    if (state === "done") expect(new Set(left), kind).toEqual(new Set(["done"]));
    else
      for (const each of left) expect(["undone", "pending", "failed", "skipped"]).toContain(each);
  }
}

/** What a project is said to use is the sum of what libvirt and its files have. */
async function expectQuota(
  ctx: Context,
  host: Host,
  project: {
    projectId: string;
    vms: readonly Vm[];
    said: ReadonlyMap<string, Said>;
    backups: ReadonlyMap<string, number>;
  },
): Promise<void> {
  const { projectId, vms, backups } = project;
  const said = vms.flatMap(({ id }) => project.said.get(id) ?? []);
  const { used, reserved } = await getQuota(ctx, { projectId });
  const sum = (of: (each: Said) => number) => said.reduce((total, each) => total + of(each), 0);
  const images = await ctx.db.image.count({ where: { projectId, state: "ready" } });
  expect(used).toMatchObject({
    vms: vms.length,
    images,
    snapshots: sum((each) => each.snapshots.length),
  });
  const disks = await ctx.db.disk.findMany({ where: { projectId } });
  const bytes = disks.reduce((total, disk) => total + Number(disk.capacityBytes), 0);
  expect(used.diskGib).toBeCloseTo((bytes + (backups.get(projectId) ?? 0)) / BYTES_PER_GIB, 9);
  // A guest that runs with more than its next start will have counts with what it has.
  for (const [name, least] of [
    ["vcpus", sum((each) => each.vcpus)],
    ["memoryMib", sum((each) => each.memoryMib)],
  ] as const) {
    const off = vms.every(({ uuid }) => host.inventory.get(uuid)?.bootId === null);
    if (off) expect(used[name], name).toBe(least);
    else expect(used[name], name).toBeGreaterThanOrEqual(least);
  }
  expect(Object.values(reserved).every((amount) => amount === 0)).toBe(true);
}
