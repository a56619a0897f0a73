import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { CrashLab } from "@/lib/tasks/testing/crash-lab";
import { getVm } from "./get-vm";
import { openConsole } from "./open-console";
import { powerVm } from "./power-vm";
import { resizeVm } from "./resize-vm";
import { setAutostart } from "./set-autostart";
import { setNicLink } from "./set-nic-link";
import { updateVm } from "./update-vm";

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

  const words = async () =>
    (
      await Promise.all([
        lab.peer.virsh(["desc", `p-${vmId}`, "--title", "--live"]),
        lab.peer.virsh(["desc", `p-${vmId}`, "--title", "--config"]),
        lab.peer.virsh(["desc", `p-${vmId}`, "--config"]),
      ])
    ).map((each) => each.trim());
  const description = "Front of the shop.\n<ask> 小李 & co.";
  const named = await updateVm(member, { vmId, name: "网 & <b>", description });
  expect(named).toMatchObject({ name: "网 & <b>", description, pendingChanges: false });
  expect(await words()).toEqual(["网 & <b>", "网 & <b>", description]);
  await updateVm(member, { vmId, description: "" });
  expect((await words())[2]).toBe("");

  const mac = grown.nics[0]?.mac ?? "";
  const link = async (...config: string[]) =>
    (await lab.peer.virsh(["domif-getlink", `p-${vmId}`, mac, ...config])).trim();
  const unplugged = await setNicLink(member, { vmId, mac: mac.toUpperCase(), up: false });
  expect(unplugged).toMatchObject({ nics: [{ mac, linkUp: false }], pendingChanges: false });
  expect([await link(), await link("--config")]).toEqual([`${mac} down`, `${mac} down`]);
  const plugged = await setNicLink(member, { vmId, mac, up: true });
  expect(plugged).toMatchObject({ nics: [{ linkUp: true }], pendingChanges: false });
  expect([await link(), await link("--config")]).toEqual([`${mac} up`, `${mac} up`]);
  const nobody = { vmId, mac: "52:54:00:ff:ff:ff", up: true };
  await expect(setNicLink(member, nobody)).rejects.toMatchObject({ code: "not_found" });

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
    "vm.rename",
    "vm.edit",
    "vm.edit",
    "vm.link_down",
    "vm.link_up",
    "vm.link_up",
    "vm.open_console",
    "vm.force_off",
    "vm.start",
  ]);
  await lab.remove(portal, vmId, "网 & <b>");
  await eventually("nothing left", () => lab.expectNothingLeft(portal));
});
