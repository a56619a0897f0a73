import { expect } from "vitest";
import type { Vm } from "@/lib/db/generated/client";
import { linkOf } from "@/lib/hypervisor/link";
import type { Host } from "@/lib/hypervisor/types";
import { domainRefOf } from "@/lib/hypervisor/vm/modify";
import { listVolumes } from "@/lib/hypervisor/volumes";
import type { Context } from "../../context";
import { getQuota } from "../../quota/get-quota";

const INACTIVE = 2;
const DISKS = "portico-disks";
const GIB = 1024 ** 3;

/** What libvirt itself says of one domain, read from its text without the product's parser. */
interface Said {
  name: string;
  title: string;
  vcpus: number;
  memoryMib: number;
  volumes: string[];
  snapshots: { name: string; parent: string | null; current: boolean }[];
  owner: string;
}

/**
 * That rows, libvirt and files tell the same of a project at rest: call it when no task runs. All
 * facts of libvirt's are asked for anew.
 */
export async function expectInvariants(
  ctx: Context,
  host: Host,
  projectId: string,
  taskIds: readonly string[],
): Promise<void> {
  await expectTasks(ctx, projectId, taskIds);
  const vms = await ctx.db.vm.findMany({ where: { projectId } });
  const said = new Map<string, Said>();
  for (const vm of vms) said.set(vm.id, await ask(host, vm));
  for (const vm of vms) await expectVm(host, vm, said.get(vm.id));
  await expectNoStranger(host, projectId, vms);
  const sizes = await expectDisks(ctx, host, projectId, said);
  const { used, reserved } = await getQuota(ctx, { projectId });
  const sum = (of: (each: Said) => number) =>
    [...said.values()].reduce((total, each) => total + of(each), 0);
  expect(used).toMatchObject({ vms: vms.length, snapshots: sum((each) => each.snapshots.length) });
  expect(used.diskGib).toBe(sizes / GIB);
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

async function expectTasks(ctx: Context, projectId: string, taskIds: readonly string[]) {
  const tasks = await ctx.db.task.findMany({ where: { projectId }, include: { steps: true } });
  expect(tasks.map(({ id }) => id)).toEqual(expect.arrayContaining([...taskIds]));
  for (const { kind, state, steps } of tasks) {
    const left = steps.map((step) => step.state);
    expect(["done", "failed", "cancelled"], `${kind}: ${left}`).toContain(state);
    if (state === "done") expect(new Set(left), kind).toEqual(new Set(["done"]));
    else
      for (const each of left) expect(["undone", "pending", "failed", "skipped"]).toContain(each);
  }
}

async function ask(host: Host, vm: Vm): Promise<Said> {
  const link = linkOf(host);
  const dom = await domainRefOf(host, vm.uuid);
  const { xml } = await link.call("domainGetXmlDesc", { dom, flags: INACTIVE });
  const first = (pattern: RegExp) => pattern.exec(xml)?.[1] ?? "";
  const snaps = await link.call("domainListAllSnapshots", { dom, needResults: 1, flags: 0 });
  const snapshots: Said["snapshots"] = [];
  for (const snap of snaps.snapshots) {
    const text = (await link.call("domainSnapshotGetXmlDesc", { snap, flags: 0 })).xml;
    const parent = /<parent>\s*<name>([^<]*)</.exec(text)?.[1] ?? null;
    const { current } = await link.call("domainSnapshotIsCurrent", { snap, flags: 0 });
    snapshots.push({ name: snap.name, parent, current: current === 1 });
  }
  return {
    name: dom.name,
    title: first(/<title>([^<]*)</),
    vcpus: Number(first(/<vcpu[^>]* current='(\d+)'/) || first(/<vcpu[^>]*>(\d+)</)),
    memoryMib: Number(first(/<memory unit='KiB'>(\d+)</)) / 1024,
    volumes: [...xml.matchAll(/<source pool='portico-disks' volume='([^']+)'/g)].map(
      ([, volume = ""]) => volume,
    ),
    snapshots,
    owner: first(/<portico:vm [^>]*id="([^"]+)"/),
  };
}

async function expectVm(host: Host, vm: Vm, said: Said | undefined): Promise<void> {
  expect(vm.lifecycle).toBe("ready");
  expect(said).toMatchObject({ name: vm.domainName, title: vm.name, owner: vm.id });
  const link = linkOf(host);
  const dom = await domainRefOf(host, vm.uuid);
  const live = host.inventory.get(vm.uuid);
  const { autostart } = await link.call("domainGetAutostart", { dom });
  expect(live).toMatchObject({ autostart: autostart === 1, title: vm.name });
  const active = (await link.call("domainIsActive", { dom })).active === 1;
  expect(live?.bootId !== null, `${live?.state}`).toBe(active);
  const { snapshots } = said ?? { snapshots: [] };
  expect(live?.snapshots.map(({ name }) => name).sort()).toEqual(
    snapshots.map(({ name }) => name).sort(),
  );
  expect(snapshots.filter(({ current }) => current).length).toBeLessThanOrEqual(1);
  for (const { name } of snapshots) expectRoot(snapshots, name);
}

/** Going from parent to parent ends, and at no name that is gone. */
function expectRoot(snapshots: Said["snapshots"], name: string): void {
  let at: string | null = name;
  for (let steps = 0; at !== null; steps += 1) {
    const found = snapshots.find((each) => each.name === at);
    expect(found, `the parent ${at}`).toBeDefined();
    expect(steps, "a ring of snapshots").toBeLessThanOrEqual(snapshots.length);
    at = found?.parent ?? null;
  }
}

/** No domain that says it is the project's and has no row. */
async function expectNoStranger(host: Host, projectId: string, vms: readonly Vm[]) {
  const listed = host.inventory.list().filter((each) => each.projectId === projectId);
  expect(listed.map(({ vmId }) => vmId).sort()).toEqual(vms.map(({ id }) => id).sort());
}

/** Every disk has its file, every VM its disks; returns the sum of the files' capacities. */
async function expectDisks(
  ctx: Context,
  host: Host,
  projectId: string,
  said: ReadonlyMap<string, Said>,
): Promise<number> {
  const disks = await ctx.db.disk.findMany({ where: { projectId } });
  const files = new Map((await listVolumes(host, DISKS)).map((file) => [file.name, file]));
  for (const disk of disks) {
    expect(disk.state, disk.volume).toBe("ready");
    expect(files.get(disk.volume)?.capacityBytes, disk.volume).toBe(Number(disk.capacityBytes));
  }
  for (const [vmId, { volumes }] of said) {
    const own = disks.filter((disk) => disk.vmId === vmId).map(({ volume }) => volume);
    expect([...volumes].sort()).toEqual(own.sort());
  }
  return disks.reduce((total, disk) => total + Number(disk.capacityBytes), 0);
}
