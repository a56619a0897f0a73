import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { CrashLab } from "@/lib/tasks/testing/crash-lab";
import { getVm } from "./get-vm";
import { openConsole } from "./open-console";
import { powerVm } from "./power-vm";
import { resizeVm } from "./resize-vm";
import { setAutostart } from "./set-autostart";

let lab: CrashLab;

beforeAll(async () => {
  lab = await CrashLab.start("life");
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

it("a VM's life: what the use cases return is what virsh says", async () => {
  const portal = await lab.startPortal();
  const vmId = await lab.created(portal);
  const { member, db } = portal.world;
  const domstate = async () => (await lab.peer.virsh(["domstate", `p-${vmId}`])).trim();
  const first = await getVm(member, { vmId });
  expect(first).toMatchObject({ state: "running", live: { vcpus: 1 }, asked: { vcpus: 1 } });
  expect(first.live.maxVcpus).toBeGreaterThan(1);
  expect(first.disks.map((disk) => disk.device).sort()).toEqual(["cdrom", "disk"]);

  expect((await powerVm(member, { vmId, verb: "suspend" })).state).toBe("paused");
  expect(await domstate()).toBe("paused");
  expect((await powerVm(member, { vmId, verb: "resume" })).state).toBe("running");
  expect(await domstate()).toBe("running");
  expect((await powerVm(member, { vmId, verb: "reset" })).state).toBe("running");

  const seen = { live: first.live, next: first.next };
  await resizeVm(member, { vmId, vcpus: 2, memoryMib: 64, seen });
  const grown = await getVm(member, { vmId });
  expect(grown).toMatchObject({ live: { vcpus: 2 }, next: { vcpus: 2 }, asked: { vcpus: 2 } });
  const counts = await lab.peer.virsh(["vcpucount", `p-${vmId}`, "--current", "--live"]);
  expect(counts.trim()).toBe("2");
  expect((await db.vm.findUniqueOrThrow({ where: { id: vmId } })).vcpus).toBe(2);
  await expect(resizeVm(member, { vmId, vcpus: 1, memoryMib: 64, seen })).rejects.toMatchObject({
    code: "conflict.stale",
  });

  const autostart = async () => (await lab.peer.virsh(["list", "--name", "--autostart"])).trim();
  expect((await setAutostart(member, { vmId, autostart: true })).autostart).toBe(true);
  expect(await autostart()).toBe(`p-${vmId}`);
  expect((await setAutostart(member, { vmId, autostart: false })).autostart).toBe(false);
  expect(await autostart()).toBe("");

  const ticket = await openConsole(member, { vmId });
  expect(ticket.ticket).toHaveLength(43);
  expect((await powerVm(member, { vmId, verb: "force_off" })).state).toBe("off");
  expect(await domstate()).toBe("shut off");
  await expect(openConsole(member, { vmId })).rejects.toMatchObject({
    userMessage: { key: "vm.no_console" },
  });
  const again = await powerVm(member, { vmId, verb: "start" });
  expect(again).toMatchObject({ state: "running", live: { vcpus: 2 } });
  expect(again.bootId).not.toBe(first.bootId);

  const actions = await db.auditEvent.findMany({ orderBy: { at: "asc" } });
  expect(actions.map((each) => each.action)).toEqual([
    "vm.create",
    "vm.suspend",
    "vm.resume",
    "vm.reset",
    "vm.resize",
    "vm.enable_autostart",
    "vm.disable_autostart",
    "vm.open_console",
    "vm.force_off",
    "vm.start",
  ]);
  await lab.remove(portal, vmId);
  await eventually("nothing left", () => lab.expectNothingLeft(portal));
});
