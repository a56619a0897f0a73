import { expect, it } from "vitest";
import { liveVm } from "../testing/live-vm";
import { addVm, everything, makeWorld } from "../testing/world";
import { listVms } from "./list-vms";
import { pageVms } from "./page-vms";
import { updateVm } from "./update-vm";

it("changes what is named, at once in one piece, and leaves the rest", async () => {
  const world = await makeWorld();
  const row = await addVm(world, { name: "old", description: "Before", tags: '["db"]' });
  const vmId = row.id;
  const given = { vmId, name: "Café", tags: ["web", "prod", "web"] };
  const after = await updateVm(world.member, given);
  expect(after).toMatchObject({ name: "Café", description: "Before", tags: ["prod", "web"] });
  expect(await listVms(world.viewer, { projectId: world.project })).toMatchObject([after]);
  expect(await updateVm(world.member, { vmId, description: "", locked: true })).toMatchObject({
    name: "Café",
    description: "",
    tags: ["prod", "web"],
    locked: true,
  });
  const told = await world.db.auditEvent.findMany({ orderBy: { seq: "asc" } });
  expect(told.map((each) => [each.action, each.targetName, each.detail])).toEqual([
    ["vm.rename", "Café", '{"before":"old"}'],
    ["vm.edit", "Café", '{"tags":"prod web"}'],
    ["vm.edit", "Café", "{}"],
    ["vm.lock", "Café", "{}"],
  ]);
  const { domainName } = await world.db.vm.findUniqueOrThrow({ where: { id: vmId } });
  expect(domainName).toBe(row.domainName);
});

it("what is so already is no change", async () => {
  const world = await makeWorld();
  const row = await addVm(world, { name: "web", tags: '["a","b"]' });
  await updateVm(world.member, { vmId: row.id, name: "web", tags: ["b", "a"], description: "" });
  expect(await world.db.auditEvent.count()).toBe(0);
});

it("a name that the project has is refused whole; another project's is free", async () => {
  const world = await makeWorld();
  await addVm(world, { name: "taken" });
  await addVm(world, { name: "elsewhere", projectId: world.otherProject });
  const row = await addVm(world);
  const before = await everything(world.db);
  await expect(
    updateVm(world.member, { vmId: row.id, name: "taken", description: "New" }),
  ).rejects.toMatchObject({
    code: "conflict.exists",
    fields: { name: { key: "vm.name_taken", values: { name: "taken" } } },
  });
  expect(await everything(world.db)).toEqual(before);
  expect(await updateVm(world.member, { vmId: row.id, name: "elsewhere" })).toMatchObject({
    name: "elsewhere",
  });
});

it("a host that takes no call now, or is away, holds nothing up", async () => {
  const world = await makeWorld();
  const row = await addVm(world);
  world.host.set(liveVm(row));
  expect(await updateVm(world.member, { vmId: row.id, name: "one" })).toMatchObject({
    name: "one",
    state: "running",
  });
  world.host.connection = "unreachable";
  expect(await updateVm(world.member, { vmId: row.id, name: "two" })).toMatchObject({
    name: "two",
    state: "unknown",
  });
});

it("VMs are found by a whole tag", async () => {
  const world = await makeWorld();
  await addVm(world, { name: "a", tags: '["prod","web"]' });
  await addVm(world, { name: "b", tags: '["web-old"]' });
  await addVm(world, { name: "c", tags: '["生产"]' });
  const found = async (tag: string) =>
    (await pageVms(world.viewer, { tag, sort: "name", limit: 10 })).items.map((vm) => vm.name);
  expect(await found("web")).toEqual(["a"]);
  expect(await found("生产")).toEqual(["c"]);
  expect(await found("pro")).toEqual([]);
});
