import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { tempDir } from "@/lib/db/testing/temp-db";
import { noAmounts } from "@/lib/model/quota";
import { makeWorld, type World } from "../testing/world";
import { createVm } from "../vm/create-vm";
import { countQuota } from "./count-quota";
import { getQuota } from "./get-quota";

const limit = 10;

async function limited(): Promise<World> {
  const world = await makeWorld();
  await world.db.project.update({ where: { id: world.project }, data: { maxVms: limit } });
  return world;
}

function newVm(world: World, name: string) {
  return createVm(world.member, {
    projectId: world.project,
    name,
    imageId: null,
    vcpus: 2,
    memoryMib: 1024,
    diskGib: 3,
    diskFormat: "qcow2",
    network: "default",
    firmware: "bios",
  });
}

it("50 parallel creates against a limit of 10 make exactly 10, and use is the sum of rows", async () => {
  const world = await limited();
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) => newVm(world, `n${index}`)),
  );
  expect(results.filter((each) => each.status === "fulfilled")).toHaveLength(limit);
  for (const each of results) {
    if (each.status === "rejected") {
      expect(each.reason).toMatchObject({ code: "quota.exceeded", details: { resource: "vms" } });
    }
  }
  const { used, reserved } = await getQuota(world.viewer, { projectId: world.project });
  const sum = { ...noAmounts, vms: 10, vcpus: 20, memoryMib: 20_480, diskGib: 30 };
  expect(used).toEqual(sum);
  expect(reserved).toEqual(sum);
  expect(await world.db.vm.count()).toBe(limit);
  expect(await world.db.disk.count()).toBe(limit);
  expect(await world.db.task.count()).toBe(limit);
});

/** Asks for `count` VMs at once in another process; how each ask ended. */
async function createElsewhere(url: string, projectId: string, name: string, count: number) {
  const script = join(import.meta.dirname, "testing", "creator.ts");
  const child = spawn(
    process.execPath,
    ["--import", "tsx", script, url, projectId, name, `${count}`],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  return JSON.parse(await text(child.stdout)) as string[];
}

it("through two portals on one database it is exactly 10, too", async () => {
  const url = `file:${join(await tempDir(), "portico.db")}`;
  await migrate(url);
  const db = openDb(url);
  await db.host.create({ data: { id: "local", name: "local", uri: "test:///default" } });
  await db.project.create({ data: { id: "p", slug: "p", name: "p", maxVms: limit } });
  const outcomes = (
    await Promise.all(["a", "b"].map((name) => createElsewhere(url, "p", name, 25)))
  ).flat();
  expect(outcomes.filter((each) => each === "made")).toHaveLength(limit);
  expect(outcomes.filter((each) => each === "quota.exceeded")).toHaveLength(40);
  const world = await makeWorld();
  const { used } = await countQuota(db, world.hosts, "p");
  expect(used).toEqual({ ...noAmounts, vms: 10, vcpus: 10, memoryMib: 10_240, diskGib: 10 });
  await db.$disconnect();
});
