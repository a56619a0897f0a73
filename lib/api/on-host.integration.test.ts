import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type FakeSysfs, fakeSysfs } from "@/lib/hypervisor/testing/fake-sysfs";
import type { HostTuning } from "@/lib/model/tuning";
import type { VmDetail } from "@/lib/model/vm";
import { ruleOf } from "@/lib/policies/permissions";
import { addImage, addPerson } from "@/lib/services/testing/world";
import { CrashLab } from "@/lib/tasks/testing/crash-lab";
import { type OperationId, operationList, operations } from "./spec/operations";
import { serveApi } from "./testing/api-world";
import { caseOf } from "./testing/cases";
import { expectProblem, expectSuccess } from "./testing/contract";

let lab: CrashLab;
let sysfs: FakeSysfs;

beforeAll(async () => {
  sysfs = await fakeSysfs();
  // Settings are read once: before anything asks.
  vi.stubEnv("PORTICO_SYSFS", sysfs.dir);
  lab = await CrashLab.start("api");
});
afterAll(async () => {
  await lab?.stop();
  await sysfs?.remove();
});

it("what calls libvirt gets its documented request and gives its documented answer", async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "only-for-tests-".repeat(4));
  const portal = await lab.startPortal();
  const { world } = portal;
  const vmId = await lab.created(portal);
  await lab.peer.virsh(["vol-create-as", "portico-images", "disc.iso", "1M"]);
  const image = await addImage(world, { pool: "portico-images", volume: "disc.iso" });
  const api = await serveApi(world.member);
  const owner = await addPerson(world.db, world.hosts, "owner", { [world.project]: "owner" });
  const token = await api.tokenOf(owner);
  const admin = await addPerson(world.db, world.hosts, "admin", {}, { isAdmin: true });
  const adminToken = await api.tokenOf(admin);

  const { nics } = (await api.call("getVm", { vmId }, { token })).body as VmDetail;
  // Of a VM that is off and has no snapshot.
  const atRest: [OperationId, object][] = [
    ["checkVmDisk", { target: "vda" }],
    ["setVmTemplate", { template: true }],
  ];
  const rewritings: [OperationId, object][] = [
    ["convertVmDisk", { target: "vda", format: "raw", copy: true, keepOld: false }],
    ["compactVmDisk", { target: "vda", keepOld: false }],
    ["cloneVm", { name: "copied" }],
  ];
  let added = "";
  let xml = "";
  const steps: [OperationId, object | (() => object), state?: string][] = [
    ["suspendVm", {}, "paused"],
    ["resumeVm", {}, "running"],
    ["resetVm", {}, "running"],
    ["rebootVm", {}],
    ["resizeVm", { vcpus: 2, memoryMib: 64 }, "running"],
    ["insertVmMedia", { imageId: image.id }, "running"],
    ["ejectVmMedia", {}, "running"],
    ["getVmDiskFile", { target: "vda" }],
    ["addVmNic", { network: "default" }, "running"],
    ["moveVmNic", { mac: nics[0]?.mac, network: "default" }, "running"],
    ["setVmNicModel", { mac: nics[0]?.mac, model: "e1000e" }, "running"],
    ["getVmProcess", {}],
    ["getVmMemory", {}],
    ["getVmPinning", {}],
    ["getVmCpu", {}],
    ["setVmCpu", { maxVcpus: 4, sockets: 1, cores: 2, threads: 2 }, "running"],
    ["createSerialTicket", { takeOver: false }],
    ["setVmNicLink", { mac: nics[0]?.mac, up: false }, "running"],
    ["setVmAutostart", { autostart: true }, "running"],
    ["setVmRecovery", { onPanic: "restart", watchdog: "reset" }, "running"],
    ["setVmVideo", { model: "vga" }, "running"],
    ["shutdownVm", {}],
    ["forceOffVm", {}, "off"],
    ["setBootOrder", { order: ["sda", "vda"] }, "off"],
    ["setDiskLimits", { target: "vda", iops: null }, "off"],
    ["planDiskSettings", { target: "vda", bus: "scsi" }],
    ["setDiskSettings", { target: "vda", serial: "DATA-1" }, "off"],
    ["setVmNicLimits", { mac: nics[0]?.mac, inbound: null, outbound: null }, "off"],
    ["removeVmNic", () => ({ mac: added }), "off"],
    ["startVm", {}, "running"],
    ["getVmDefinition", {}],
    ["planVmDefinition", () => ({ xml })],
    ["previewVmChange", { change: { verb: "ejectVmMedia", input: {} } }],
    ["defineVm", () => ({ xml })],
    ["revertVmPending", {}],
    ["pinVm", { vcpus: [{ vcpu: 0, cpus: [0] }], emulator: null }],
    ["getVmTuning", {}],
    ["tuneVm", { hugePages: false, memoryCells: null, ioThreads: 1, disks: [] }],
    ["updateSnapshot", { snapshot: "one", description: "before the update" }],
    ["discardVmSavedState", {}, "off"],
    // QEMU saves nothing of it from here on.
    ["setVmClipboard", { clipboard: true }, "off"],
    ["startVmRescue", { imageId: image.id }, "running"],
    ["endVmRescue", {}, "running"],
  ];
  const { uuid } = await world.db.vm.findUniqueOrThrow({ where: { id: vmId } });
  const adoption = { projectId: world.project, hostId: lab.host.id, uuid, name: "guest" };
  const { id: hostId } = lab.host;
  const tuning = (await api.call("getHostTuning", { hostId }, { token: adminToken })).body;
  const pages = (tuning as HostTuning).cells[0]?.total;
  const moves: [OperationId, object][] = [
    ["getHostTuning", { hostId }],
    // The machine's own pool stays as it is.
    ["setHostHugePages", { hostId, cell: 0, pages }],
    ["setHostScheduler", { hostId, disk: "sdfake", scheduler: "none" }],
    ["releaseVm", { vmId }],
    ["planVmAdoption", adoption],
    ["adoptVm", adoption],
  ];
  const onHost = operationList
    .map(([id]) => id)
    .filter((id) => caseOf(id).onHost && !caseOf(id).inGuest);
  expect([...atRest, ...rewritings, ...steps, ...moves].map(([id]) => id).sort()).toEqual(
    onHost.sort(),
  );

  expectSuccess("forceOffVm", await api.call("forceOffVm", { vmId }, { token }));
  for (const [id, input] of atRest) {
    expectSuccess(id, await api.call(id, { vmId, ...input }, { token }));
  }
  const again = { vmId, template: false };
  expectSuccess("setVmTemplate", await api.call("setVmTemplate", again, { token }));
  for (const [id, input] of rewritings) {
    const reply = await api.call(id, { vmId, ...input }, { token });
    expectSuccess(id, reply);
    expect(await lab.ended(world.db, (reply.body as { id: string }).id)).toBe("done");
  }
  expectSuccess("startVm", await api.call("startVm", { vmId }, { token }));
  // Of before the resize: defining it is a change for the next boot.
  const definition = await api.call("getVmDefinition", { vmId }, { token });
  xml = (definition.body as { nextBoot: { xml: string } }).nextBoot.xml;

  const taken = await api.call("createSnapshot", { vmId, name: "one" }, { token });
  expectSuccess("createSnapshot", taken);
  expect(await lab.ended(world.db, (taken.body as { id: string }).id)).toBe("done");

  for (const [id, input, state] of steps) {
    if (id === "discardVmSavedState") await lab.peer.virsh(["managedsave", `p-${vmId}`]);
    const given = typeof input === "function" ? input() : input;
    const rule = ruleOf(operations[id].permission ?? "vm.read");
    const who = rule.project === undefined ? adminToken : token;
    const reply = await api.call(id, { vmId, ...given }, { token: who });
    expectSuccess(id, reply);
    if (id === "addVmNic") added = (reply.body as VmDetail).nics.at(-1)?.mac ?? "";
    if (state !== undefined) expect(reply.body).toMatchObject({ id: vmId, state });
  }
  // What the host's state speaks against is refused as documented, too.
  expectProblem("resumeVm", await api.call("resumeVm", { vmId }, { token }), "vm.bad_state");
  let adopted = "";
  for (const [id, input] of moves) {
    const reply = await api.call(id, input, { token: adminToken });
    expectSuccess(id, reply);
    if (id === "adoptVm") adopted = (reply.body as VmDetail).id;
  }
  await lab.remove(portal, adopted);
});
