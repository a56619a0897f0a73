import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { formatCpuSet } from "@/lib/model/cpu-set";
import { AppError } from "@/lib/model/errors";
import { cpusOf } from "@/lib/model/pinning";
import { CrashLab } from "@/lib/tasks/testing/crash-lab";
import { addNic } from "../nic/add-nic";
import { moveNic } from "../nic/move-nic";
import { removeNic } from "../nic/remove-nic";
import { setNicLimits } from "../nic/set-nic-limits";
import { setNicLink } from "../nic/set-nic-link";
import { setNicModel } from "../nic/set-nic-model";
import { addPerson } from "../testing/world";
import { discardSaved } from "./discard-saved";
import { getCpu } from "./get-cpu";
import { getMemory } from "./get-memory";
import { getPinning } from "./get-pinning";
import { getVm } from "./get-vm";
import { openConsole } from "./open-console";
import { pinVm } from "./pin-vm";
import { powerVm } from "./power-vm";
import { resizeVm } from "./resize-vm";
import { saveVm } from "./save-vm";
import { setAutostart } from "./set-autostart";
import { setCpu } from "./set-cpu";
import { setRecovery } from "./set-recovery";
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
  const { member, admin, db, hosts, project } = portal.world;
  const viewer = await addPerson(db, hosts, "viewer", { [project]: "viewer" });
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

  // Without a system there is no driver that would answer, and that is said.
  const memory = await getMemory(member, { vmId });
  const memstat = await lab.peer.virsh(["dommemstat", `p-${vmId}`]);
  expect(memory).toMatchObject({ balloon: "silent", periodSeconds: 5, toldAt: null });
  expect(memory.figures.actualKib).toBe(Number(/actual (\d+)/.exec(memstat)?.[1]));
  const period = ["dommemstat", `p-${vmId}`, "--period", "0", "--live", "--config"];
  await lab.peer.virsh(period);
  const unasked = { balloon: "not_asked", periodSeconds: 0 };
  expect(await getMemory(viewer, { vmId })).toMatchObject(unasked);
  const asked = { balloon: "silent", periodSeconds: 5 };
  expect(await getMemory(member, { vmId })).toMatchObject(asked);
  for (const of of [[], ["--inactive"]]) {
    const xml = await lab.peer.virsh(["dumpxml", `p-${vmId}`, ...of]);
    expect(xml).toMatch(/<memballoon[^>]*>\s*<stats period='5'\/>/);
  }

  const bindings = async (...of: string[]) =>
    (
      await Promise.all([
        lab.peer.virsh(["vcpupin", `p-${vmId}`, ...of]),
        lab.peer.virsh(["emulatorpin", `p-${vmId}`, ...of]),
      ])
    ).map((each) =>
      each
        .trim()
        .split("\n")
        .map((line) => line.trim().split(/ +/).at(-1)),
    );
  const unbound = await getPinning(admin, { vmId });
  const [one = 0, ...others] = cpusOf(unbound.cells);
  const last = others.at(-1) ?? one;
  expect(unbound).toMatchObject({ now: { vcpus: [null, null], emulator: null }, neighbours: [] });
  const theirs = join(lab.peer.dir, "theirs.xml");
  await writeFile(
    theirs,
    `<domain type='qemu'><name>theirs</name><memory unit='MiB'>64</memory>
    <vcpu cpuset='${one}'>1</vcpu><os><type machine='q35'>hvm</type></os></domain>`,
  );
  await lab.peer.virsh(["define", theirs]);
  await eventually("the neighbour", async () => {
    expect(await getPinning(admin, { vmId })).toMatchObject({ neighbours: [{ name: "theirs" }] });
  });
  const tied = { vcpus: [[last], null], emulator: [one] };
  const binding = { vmId, vcpus: [{ vcpu: 0, cpus: [last] }], emulator: [one] };
  expect(await pinVm(admin, binding)).toMatchObject({
    now: tied,
    next: tied,
    neighbours: [{ name: "theirs", cpus: [one] }],
  });
  const every = formatCpuSet([one, ...others]);
  const shown = [[String(last), every], [String(one)]];
  expect([await bindings("--live"), await bindings("--config")]).toEqual([shown, shown]);
  await lab.peer.virsh(["undefine", "theirs"]);
  const nowhere = { vmId, vcpus: [{ vcpu: 0, cpus: [last + 1] }] };
  await expect(pinVm(admin, nowhere)).rejects.toMatchObject({
    code: "input.invalid",
    userMessage: { key: "pin.no_cpu" },
  });
  const loose = { vmId, vcpus: [{ vcpu: 0, cpus: null }], emulator: null };
  expect(await pinVm(admin, loose)).toMatchObject({ now: unbound.now, next: unbound.next });

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

  const cards = async (...config: string[]) =>
    (await lab.peer.virsh(["domiflist", `p-${vmId}`, ...config])).match(/(..:){5}../g);
  const two = await addNic(member, { vmId, network: "default", model: "e1000e" });
  const second = two.nics[1]?.mac ?? "";
  expect(two).toMatchObject({
    nics: [{ mac }, { model: "e1000e", network: "default", when: "both" }],
    freePorts: (plugged.freePorts ?? 0) - 1,
    pendingChanges: false,
  });
  expect([await cards(), await cards("--inactive")]).toEqual([
    [mac, second],
    [mac, second],
  ]);
  const three = await addNic(member, { vmId, network: "default", model: "rtl8139" });
  const third = three.nics[2]?.mac ?? "";
  expect(three).toMatchObject({ nics: [{}, {}, { when: "next_boot" }], pendingChanges: true });
  expect([await cards(), await cards("--inactive")]).toEqual([
    [mac, second],
    [mac, second, third],
  ]);

  // Without a system that would answer the guest keeps its card.
  await expect(removeNic(member, { vmId, mac: second })).rejects.toMatchObject({
    userMessage: { key: "vm.keeps_nic" },
  });
  expect(await cards()).toEqual([mac, second]);
  expect(await cards("--inactive")).toEqual([mac, second, third]);
  const without = await removeNic(member, { vmId, mac: third.toUpperCase() });
  // The bridge that its older bus needed stays in the definition.
  expect(without).toMatchObject({ nics: [{ mac }, { mac: second }], pendingChanges: true });
  expect(await cards("--inactive")).toEqual([mac, second]);
  await expect(removeNic(member, { vmId, mac: third })).rejects.toMatchObject({
    code: "not_found",
  });

  const xml = join(lab.peer.dir, "lab.xml");
  await writeFile(xml, "<network><name>lab</name><bridge name='virbr-lab'/></network>");
  await lab.peer.virsh(["net-define", xml]);
  await lab.peer.virsh(["net-start", "lab"]);
  await eventually("the network", () => {
    expect(lab.host.inventory.networks().find(({ name }) => name === "lab")?.active).toBe(true);
  });
  const moved = await moveNic(member, { vmId, mac: second, network: "lab" });
  expect(moved).toMatchObject({
    nics: [{ network: "default" }, { network: "lab", linkUp: true, next: null }],
  });
  const list = (...config: string[]) => lab.peer.virsh(["domiflist", `p-${vmId}`, ...config]);
  expect(await list()).toMatch(new RegExp(`lab +e1000e +${second}`));
  expect(await list("--inactive")).toMatch(new RegExp(`lab +e1000e +${second}`));
  // What the definition refuses is taken back in the running guest.
  const call = lab.host.link.call.bind(lab.host.link);
  const refusing: typeof lab.host.link.call = async (name, args, options) => {
    const nextStart = "flags" in args && args.flags === 2;
    if (name !== "domainUpdateDeviceFlags" || !nextStart) return call(name, args, options);
    throw new AppError({ code: "host.refused", message: "no" });
  };
  const spy = vi.spyOn(lab.host.link, "call").mockImplementation(refusing);
  await expect(moveNic(member, { vmId, mac: second, network: "default" })).rejects.toMatchObject({
    code: "host.refused",
  });
  spy.mockRestore();
  expect(await getVm(member, { vmId })).toMatchObject({
    nics: [{}, { network: "lab", next: null }],
  });
  expect(await list()).toMatch(new RegExp(`lab +e1000e +${second}`));
  const old = await setNicModel(member, { vmId, mac, model: "rtl8139" });
  expect(old).toMatchObject({
    nics: [{ model: "virtio", next: { model: "rtl8139", network: "default" } }, { next: null }],
    pendingChanges: true,
  });
  expect(await list()).toMatch(new RegExp(`default +virtio +${mac}`));
  expect(await list("--inactive")).toMatch(new RegExp(`default +rtl8139 +${mac}`));

  // Not every kernel can: then neither what runs nor the next start has it.
  const limits = { inbound: { average: 100, peak: 200, burst: 50 }, outbound: null };
  const tune = (...config: string[]) =>
    lab.peer.virsh(["domiftune", `p-${vmId}`, second, ...config]);
  await setNicLimits(admin, { vmId, mac: second, ...limits }).catch((error: unknown) => {
    expect(error).toMatchObject({ code: "host.refused" });
  });
  expect(await tune()).toBe(await tune("--config"));

  const ticket = await openConsole(member, { vmId });
  expect(ticket.ticket).toHaveLength(43);
  expect((await powerVm(member, { vmId, verb: "force_off" })).state).toBe("off");
  expect(await domstate()).toBe("shut off");
  await expect(openConsole(member, { vmId })).rejects.toMatchObject({
    userMessage: { key: "vm.no_console" },
  });
  const held = await setNicLimits(admin, { vmId, mac, ...limits });
  expect(held).toMatchObject({ nics: [{ limits }, {}], pendingChanges: false });
  const tuned = await lab.peer.virsh(["domiftune", `p-${vmId}`, mac, "--config"]);
  expect(tuned).toMatch(/inbound.average: 100\s+inbound.peak *: 200\s+inbound.burst *: 50/);
  const free = { vmId, mac, inbound: null, outbound: null };
  expect(await setNicLimits(admin, free)).toMatchObject({
    nics: [{ limits: { inbound: null } }, {}],
  });
  const again = await powerVm(member, { vmId, verb: "start" });
  expect(again).toMatchObject({ state: "running", live: { vcpus: 2 } });
  expect(again.bootId).not.toBe(first.bootId);
  expect(await cards()).toEqual([mac, second]);

  const managed = async () =>
    (await lab.peer.virsh(["dominfo", `p-${vmId}`])).match(/Managed save: +(\w+)/)?.[1];
  const saves = async () => {
    const { taskId } = await saveVm(member, { vmId });
    expect(await lab.ended(db, taskId)).toBe("done");
  };
  await saves();
  expect(await getVm(member, { vmId })).toMatchObject({ state: "saved", bootId: null });
  expect(await managed()).toBe("yes");
  const restored = await powerVm(member, { vmId, verb: "start" });
  expect(restored).toMatchObject({ state: "running", stateReason: "restored" });
  expect(await managed()).toBe("no");
  await lab.peer.virsh(["managedsave", `p-${vmId}`]);
  await eventually("virsh's save", async () => {
    expect((await getVm(member, { vmId })).state).toBe("saved");
  });
  expect((await discardSaved(member, { vmId })).state).toBe("off");
  expect(await managed()).toBe("no");
  await powerVm(member, { vmId, verb: "start" });

  // What a guest's driver does: it writes to pvpanic's port.
  const panics = () =>
    lab.peer.virsh(["qemu-monitor-command", `p-${vmId}`, "--hmp", "o/b 0x505 1"]);
  const none = { onPanic: "ignore", watchdog: "none" };
  const stop = { onPanic: "stop", watchdog: "reset" } as const;
  expect(await setRecovery(member, { vmId, ...stop })).toMatchObject({
    pendingChanges: true,
    recovery: { now: none, next: stop },
  });
  const topology = { sockets: 1, cores: 2, threads: 2 };
  const { choices } = await getCpu(viewer, { vmId });
  expect(choices.modes).toContain("maximum");
  expect(choices.modes).not.toContain("host-passthrough");
  expect(choices.models).toContain("Nehalem");
  const nehalem = { vmId, maxVcpus: 4, ...topology, model: "Nehalem" };
  expect(await setCpu(member, nehalem)).toMatchObject({
    next: { vcpus: 2, maxVcpus: 4 },
    cpu: { now: { model: "maximum" }, next: { topology, model: "Nehalem" } },
  });
  const counted = async (of: string) =>
    (await lab.peer.virsh(["vcpucount", `p-${vmId}`, "--maximum", of])).trim();
  expect(await counted("--config")).toBe("4");
  for (const [wrong, code, key] of [
    [{ cores: 3 }, "input.invalid", "cpu.product"],
    [{ model: "host-passthrough" }, "input.invalid", "cpu.needs_kvm"],
    [{ maxVcpus: 1, cores: 1, threads: 1 }, "vm.bad_state", "cpu.below_current"],
  ] as const) {
    const refusal = { code, userMessage: { key } };
    await expect(setCpu(member, { ...nehalem, ...wrong })).rejects.toMatchObject(refusal);
  }
  await powerVm(member, { vmId, verb: "force_off" });
  await powerVm(member, { vmId, verb: "start" });
  expect(await getVm(member, { vmId })).toMatchObject({
    pendingChanges: false,
    recovery: { now: stop, next: stop },
    cpu: { now: { topology, model: "Nehalem" }, next: { topology, model: "Nehalem" } },
  });
  expect(await counted("--live")).toBe("4");
  const running = await lab.peer.virsh(["dumpxml", `p-${vmId}`]);
  expect(running).toMatch(/<topology sockets='1' (dies='1' )?cores='2' threads='2'\/>/);
  await panics();
  await eventually("the crash", async () => {
    expect((await getVm(member, { vmId })).state).toBe("crashed");
  });
  await setRecovery(member, { vmId, onPanic: "restart", watchdog: "none" });
  await powerVm(member, { vmId, verb: "start" });
  await panics();
  await eventually("the restart", async () => {
    const vm = await getVm(member, { vmId });
    expect(vm).toMatchObject({ state: "running", stateReason: "crashed" });
  });

  // A VM is deleted with what was saved of it.
  await saves();

  const actions = await db.auditEvent.findMany({ orderBy: { at: "asc" } });
  expect(actions.map((each) => each.action)).toEqual([
    "vm.create",
    "vm.suspend",
    "vm.resume",
    "vm.reset",
    "vm.resize",
    "vm.ask_balloon",
    "vm.pin",
    "vm.pin",
    "vm.pin",
    "vm.enable_autostart",
    "vm.disable_autostart",
    "vm.rename",
    "vm.edit",
    "vm.edit",
    "vm.link_down",
    "vm.link_up",
    "vm.link_up",
    "vm.add_nic",
    "vm.add_nic",
    "vm.remove_nic",
    "vm.remove_nic",
    "vm.remove_nic",
    "vm.move_nic",
    "vm.move_nic",
    "vm.set_nic_model",
    "vm.set_nic_limits",
    "vm.open_console",
    "vm.force_off",
    "vm.set_nic_limits",
    "vm.set_nic_limits",
    "vm.start",
    "vm.save",
    "vm.start",
    "vm.discard_saved",
    "vm.start",
    "vm.set_recovery",
    "vm.set_cpu",
    "vm.set_cpu",
    "vm.set_cpu",
    "vm.set_cpu",
    "vm.force_off",
    "vm.start",
    "vm.set_recovery",
    "vm.start",
    "vm.save",
  ]);
  await lab.remove(portal, vmId, "网 & <b>");
  await eventually("nothing left", () => lab.expectNothingLeft(portal));
});
