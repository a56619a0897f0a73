import { expect, it } from "vitest";
import { liveVm } from "../testing/live-vm";
import { addVm, everything, makeWorld } from "../testing/world";
import { releaseVm } from "./release-vm";

it("a VM in rescue is kept: its way back would go with it", async () => {
  const world = await makeWorld();
  const row = await addVm(world, { rescuedAt: new Date() });
  world.host.set(liveVm(row));
  const before = await everything(world.db);
  await expect(releaseVm(world.admin, { vmId: row.id })).rejects.toMatchObject({
    code: "vm.bad_state",
    userMessage: { key: "rescue.is_on" },
  });
  const { vms } = before as { vms: unknown };
  expect(await everything(world.db)).toMatchObject({ vms });
});
