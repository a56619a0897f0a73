import { describe, expect, it } from "vitest";
import type { LiveVm } from "@/lib/hypervisor/types";
import { snapshotLimits } from "@/lib/model/snapshot";
import { getQuota } from "../quota/get-quota";
import { liveVm } from "../testing/live-vm";
import { withSnapshots } from "../testing/snapshots";
import { addVm, everything, makeWorld, type World } from "../testing/world";
import { createSnapshot } from "./create-snapshot";
import { revertSnapshot } from "./revert-snapshot";

async function vmWith(world: World, names: readonly string[]): Promise<LiveVm> {
  const live = withSnapshots(liveVm(await addVm(world)), names);
  world.host.set(live);
  return live;
}

const used = async (world: World) =>
  (await getQuota(world.viewer, { projectId: world.project })).used.snapshots;

function take(world: World, live: LiveVm, name: string) {
  return createSnapshot(world.member, { vmId: live.vmId ?? "", name, description: "" });
}

const codes = (results: PromiseSettledResult<unknown>[]) =>
  results.map((each) => (each.status === "fulfilled" ? "ok" : each.reason.code));

describe("the quota", () => {
  it("counts what the host has, whoever took it, and what tasks are about to take, once", async () => {
    const world = await makeWorld();
    const live = await vmWith(world, ["by-virsh", "other"]);
    expect(await used(world)).toBe(2);
    await take(world, live, "mine");
    expect(await used(world)).toBe(3);
    const { reserved } = await getQuota(world.viewer, { projectId: world.project });
    expect(reserved.snapshots).toBe(1);
    // Taken, but the task has not ended yet.
    world.host.set(withSnapshots(live, ["by-virsh", "other", "mine"]));
    expect(await used(world)).toBe(3);
    world.host.set(withSnapshots(live, ["mine"]));
    await world.db.task.updateMany({ data: { state: "done" } });
    expect(await used(world)).toBe(1);
  });

  it("50 at once against a limit of 10 are exactly 10", async () => {
    const world = await makeWorld();
    await world.db.project.update({ where: { id: world.project }, data: { maxSnapshots: 10 } });
    const vms = [await vmWith(world, ["a"]), await vmWith(world, [])];
    const asked = Array.from({ length: 50 }, (_, n) => {
      const live = vms[n % 2];
      if (live === undefined) throw new Error("no VM");
      return take(world, live, `n${n}`);
    });
    const ends = codes(await Promise.allSettled(asked));
    expect(ends.filter((each) => each === "ok")).toHaveLength(9);
    expect(new Set(ends)).toEqual(new Set(["ok", "quota.exceeded"]));
    expect(await used(world)).toBe(10);
  });
});

it("a VM has at most its own limit, and one of each name, however many ask at once", async () => {
  const world = await makeWorld();
  const there = Array.from({ length: snapshotLimits.perVm - 2 }, (_, n) => `s${n}`);
  const live = await vmWith(world, there);
  const same = codes(await Promise.allSettled(["x", "x", "x"].map((n) => take(world, live, n))));
  expect(same.toSorted()).toEqual(["conflict.exists", "conflict.exists", "ok"]);
  const more = codes(await Promise.allSettled(["y", "z"].map((n) => take(world, live, n))));
  expect(more.toSorted()).toEqual(["conflict.rule", "ok"]);
});

describe("reverting", () => {
  it("does not bring back the memory of a guest whose lease has ended", async () => {
    const world = await makeWorld();
    const live = await vmWith(world, ["one"]);
    world.host.set({ ...live, state: "off", bootId: null });
    const vmId = live.vmId ?? "";
    const asked = { vmId, snapshot: "one", first: null, confirmName: null };
    await world.db.vm.updateMany({ data: { leaseStoppedAt: new Date() } });
    await expect(revertSnapshot(world.member, asked)).rejects.toMatchObject({
      code: "vm.bad_state",
      userMessage: { key: "lease.ended" },
    });
    expect(await world.db.task.count()).toBe(0);
    await world.db.vm.updateMany({ data: { leaseStoppedAt: null } });
    await revertSnapshot(world.member, asked);
  });

  it("counts the sizes that come back, and the snapshot that is taken first", async () => {
    const world = await makeWorld();
    const live = await vmWith(world, ["big"]);
    const sizes = { ...live.next, vcpus: 6, maxMemoryKib: 4 * live.next.maxMemoryKib };
    world.host.set({ ...live, snapshots: live.snapshots.map((each) => ({ ...each, sizes })) });
    const vmId = live.vmId ?? "";
    const revert = (first: string | null, confirmName: string | null = "big") =>
      revertSnapshot(world.member, { vmId, snapshot: "big", first, confirmName });

    const limits = { maxVcpus: 5, maxSnapshots: 1 };
    await world.db.project.update({ where: { id: world.project }, data: limits });
    const before = await everything(world.db);
    await expect(revert("now")).rejects.toMatchObject({ details: { resource: "snapshots" } });
    await expect(revert(null)).rejects.toMatchObject({ details: { resource: "vcpus" } });
    await expect(revert(null, "bog")).rejects.toMatchObject({ code: "input.invalid" });
    expect(await everything(world.db)).toEqual(before);

    await world.db.project.update({
      where: { id: world.project },
      data: { maxVcpus: 6, maxSnapshots: 2 },
    });
    await revert("now");
    const quota = await getQuota(world.viewer, { projectId: world.project });
    expect(quota.used).toMatchObject({ vcpus: 6, snapshots: 2 });
    const [row] = await world.db.auditEvent.findMany({ where: { outcome: "ok" } });
    expect(row).toMatchObject({ action: "snapshot.revert", targetId: vmId });
    expect(JSON.parse(row?.detail ?? "")).toEqual({ snapshot: "big", first: "now" });
  });
});
