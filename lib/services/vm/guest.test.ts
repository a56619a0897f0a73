import { expect, it } from "vitest";
import { liveVm } from "../testing/live-vm";
import { addVm, makeWorld } from "../testing/world";
import { getGuest } from "./get-guest";
import { setGuestPassword } from "./set-guest-password";

it("a guest that is off, or without an agent, is not asked, and the reason is said", async () => {
  const world = await makeWorld();
  const vm = await addVm(world);
  const account = { vmId: vm.id, user: "root", password: "very secret" };
  const cases = [
    [{ state: "off", bootId: null, agentConnected: false }, "guest.is_off"],
    [{ agentConnected: false }, "guest.no_agent"],
  ] as const;
  for (const [change, key] of cases) {
    world.host.set(liveVm(vm, change));
    const refusal = { code: "vm.bad_state", userMessage: { key } };
    await expect(getGuest(world.viewer, { vmId: vm.id })).rejects.toMatchObject(refusal);
    await expect(setGuestPassword(world.member, account)).rejects.toMatchObject(refusal);
  }
});

it("the log tells whose password it was, and never the password", async () => {
  const world = await makeWorld();
  const vm = await addVm(world);
  world.host.set(liveVm(vm, { agentConnected: true }));
  const account = { vmId: vm.id, user: "root", password: "very secret" };
  await expect(setGuestPassword(world.member, account)).rejects.toThrow();
  const rows = await world.db.auditEvent.findMany({ where: { action: "vm.guest_password" } });
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).toContain("root");
  expect(JSON.stringify(rows)).not.toContain("very secret");
});
