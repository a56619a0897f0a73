import { expect, test } from "vitest";
import { consoleLimits, consoleSessions } from "@/lib/console/sessions";
import { liveVm } from "../testing/live-vm";
import { addVm, makeWorld } from "../testing/world";
import { openConsole } from "./open-console";

test("no ticket is given when the VM has as many consoles as it may have", async () => {
  const world = await makeWorld();
  const row = await addVm(world);
  world.host.set(liveVm(row, { bootId: "boot" }));
  const places = Array.from({ length: consoleLimits.perVm }, (_, index) =>
    consoleSessions().enter(
      {
        id: `s${index}`,
        vmId: row.id,
        vmName: row.name,
        uuid: row.uuid,
        hostId: row.hostId,
        bootId: "boot",
        kind: "screen",
        projectId: row.projectId,
        userId: `u${index}`,
        userName: "Somebody",
        sessionId: `x${index}`,
        viewOnly: false,
        via: "member",
        shareId: null,
        openedAt: new Date(),
      },
      () => Promise.resolve(),
    ),
  );
  await expect(openConsole(world.member, { vmId: row.id })).rejects.toMatchObject({
    code: "quota.exceeded",
    userMessage: { key: "vm.consoles_full" },
  });
  expect(await world.db.consoleTicket.count()).toBe(0);
  for (const place of places) if ("leave" in place) place.leave();
  await expect(openConsole(world.member, { vmId: row.id })).resolves.toMatchObject({
    path: "/console",
  });
});

test.each([
  ["none", "vm.no_screen"],
  ["address", "vm.screen_on_address"],
] as const)("a screen that is on %s is refused with the reason", async (screen, key) => {
  const world = await makeWorld();
  const row = await addVm(world);
  world.host.set(liveVm(row, { bootId: "boot", screen }));
  await expect(openConsole(world.member, { vmId: row.id })).rejects.toMatchObject({
    code: "host.unsupported",
    userMessage: { key },
  });
  expect(await world.db.consoleTicket.count()).toBe(0);
});

test("a screen of a host whose files cannot be reached is refused with what helps", async () => {
  const world = await makeWorld();
  const row = await addVm(world);
  world.host.set(liveVm(row, { bootId: "boot" }));
  Object.assign(world.host, { screensInReach: false });
  await expect(openConsole(world.member, { vmId: row.id })).rejects.toMatchObject({
    code: "host.unsupported",
    userMessage: { key: "vm.screen_out_of_reach" },
  });
});
