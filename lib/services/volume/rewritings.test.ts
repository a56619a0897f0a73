import { expect, it } from "vitest";
import { newId } from "@/lib/db/id";
import type { TaskState } from "@/lib/model/task";
import { liveVm } from "../testing/live-vm";
import { addVm, makeWorld, type World } from "../testing/world";
import { powerVm } from "../vm/power-vm";
import { assertFewRewritings } from "./assert-few-rewritings";

async function addTask(world: World, vmId: string, state: TaskState): Promise<void> {
  await world.db.task.create({
    data: {
      id: newId(),
      projectId: world.project,
      kind: "disk.compact",
      state,
      input: "{}",
      hostId: "local",
      targetId: vmId,
      targetName: "n",
      actorId: "a",
      actorName: "a",
    },
  });
}

it("a VM whose disk is being rewritten does not start", async () => {
  const world = await makeWorld();
  const vm = await addVm(world);
  world.host.set(liveVm(vm, { state: "off", bootId: null }));
  await addTask(world, vm.id, "running");
  await expect(powerVm(world.member, { vmId: vm.id, verb: "start" })).rejects.toMatchObject({
    code: "vm.bad_state",
    userMessage: { key: "volume.busy" },
  });
});

it("a host rewrites two disks at once, and what has ended does not count", async () => {
  const world = await makeWorld();
  const { id } = await addVm(world);
  for (const state of ["done", "failed", "cancelled", "queued"] as const) {
    await addTask(world, id, state);
  }
  await assertFewRewritings(world.db, "local");
  await addTask(world, id, "unknown");
  await expect(assertFewRewritings(world.db, "local")).rejects.toMatchObject({
    code: "conflict.rule",
    userMessage: { key: "volume.host_busy", values: { limit: 2 } },
  });
  await assertFewRewritings(world.db, "elsewhere");
});
