import { expect, it } from "vitest";
import { liveVm } from "../testing/live-vm";
import { addVm, makeWorld } from "../testing/world";
import { getProcess } from "./get-process";

it("a VM that is off has no process, and its own people may not look at it", async () => {
  const world = await makeWorld();
  const vm = await addVm(world);
  world.host.set(liveVm(vm, { state: "off", bootId: null }));
  await expect(getProcess(world.auditor, { vmId: vm.id })).rejects.toMatchObject({
    code: "vm.bad_state",
    userMessage: { key: "process.none" },
  });
  const refused = { code: "auth.forbidden" };
  await expect(getProcess(world.owner, { vmId: vm.id })).rejects.toMatchObject(refused);
});
