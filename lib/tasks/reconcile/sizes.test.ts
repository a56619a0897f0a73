import { expect, it } from "vitest";
import { KIB_PER_GIB } from "@/lib/model/units";
import { liveVm } from "@/lib/services/testing/live-vm";
import { addVm, makeWorld, type World } from "@/lib/services/testing/world";
import { settleSizes } from "./sizes";

const start = Date.parse("2030-03-31T00:00:00Z");
const at = (seconds: number) => new Date(start + seconds * 1000);

/** A VM whose portal died after it had reserved 8 vCPUs and 8 GiB, before libvirt knew. */
async function cutOff(world: World) {
  const row = await addVm(world, { maxMemoryKib: 2 * KIB_PER_GIB });
  world.host.set(liveVm(row));
  const asked = { vcpus: 8, memoryKib: 8 * KIB_PER_GIB, maxMemoryKib: 16 * KIB_PER_GIB };
  await world.db.vm.update({ where: { id: row.id }, data: asked });
  const sizes = async () => {
    const { vcpus, memoryKib, maxMemoryKib } = await world.db.vm.findUniqueOrThrow({
      where: { id: row.id },
    });
    return { vcpus, memoryKib, maxMemoryKib };
  };
  return { row, asked, sizes };
}

it("what a dead portal had reserved is given back after a minute, not before", async () => {
  const world = await makeWorld();
  const { asked, sizes } = await cutOff(world);
  for (const seconds of [0, 30, 59]) {
    await settleSizes(world.db, world.host, at(seconds));
    expect(await sizes()).toEqual(asked);
  }
  await settleSizes(world.db, world.host, at(60));
  expect(await sizes()).toEqual({
    vcpus: 2,
    memoryKib: KIB_PER_GIB,
    maxMemoryKib: 2 * KIB_PER_GIB,
  });
});

it("a resize that is asked for meanwhile has its own minute", async () => {
  const world = await makeWorld();
  const { row, sizes } = await cutOff(world);
  await settleSizes(world.db, world.host, at(0));
  await world.db.vm.update({ where: { id: row.id }, data: { vcpus: 6 } });
  await settleSizes(world.db, world.host, at(61));
  expect(await sizes()).toMatchObject({ vcpus: 6 });
});

it("a clock that goes back gives nothing back early", async () => {
  const world = await makeWorld();
  const { asked, sizes } = await cutOff(world);
  await settleSizes(world.db, world.host, at(0));
  await settleSizes(world.db, world.host, at(-3600));
  await settleSizes(world.db, world.host, at(-3590));
  expect(await sizes()).toEqual(asked);
});

it("what virsh changed counts: the ceiling follows, and less is less", async () => {
  const world = await makeWorld();
  const row = await addVm(world);
  const live = liveVm(row);
  const next = { ...live.next, vcpus: 9, maxMemoryKib: 4 * KIB_PER_GIB };
  world.host.set({ ...live, next });
  await settleSizes(world.db, world.host, at(0));
  await settleSizes(world.db, world.host, at(90));
  // What was asked for stays what was asked for: only more than there is is taken back.
  expect(await world.db.vm.findUniqueOrThrow({ where: { id: row.id } })).toMatchObject({
    vcpus: 2,
    maxMemoryKib: 4 * KIB_PER_GIB,
  });
});

it("leaves alone what libvirt does not report, or does not report now", async () => {
  const world = await makeWorld();
  const { row, asked, sizes } = await cutOff(world);
  for (const seconds of [0, 120]) {
    world.host.set({ ...liveVm(row), stale: true });
    await settleSizes(world.db, world.host, at(seconds));
    world.host.vms.delete(row.uuid);
    await settleSizes(world.db, world.host, at(seconds + 1));
  }
  expect(await sizes()).toEqual(asked);
});
