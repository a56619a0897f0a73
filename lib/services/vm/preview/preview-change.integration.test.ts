import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { tempDir } from "@/lib/db/testing/temp-db";
import { readDefinitions } from "@/lib/hypervisor/vm/read-definition";
import { inLibvirtsOrder } from "@/lib/hypervisor/xml/libvirts-order";
import { parseXml, printXml, type XmlElement, type XmlNode } from "@/lib/hypervisor/xml/tree";
import { limitDiskCommands } from "@/lib/model/disk-commands";
import { limitNicCommands, moveNicCommands, removeNicCommands } from "@/lib/model/nic-commands";
import { pinCommands } from "@/lib/model/pinning";
import { resizeCommands } from "@/lib/model/resize-commands";
import { planResize } from "@/lib/model/resize-plan";
import type { VmChange } from "@/lib/model/vm-change";
import { CrashLab } from "@/lib/tasks/testing/crash-lab";
import { addGuestImage } from "@/lib/tasks/testing/guest-image";
import { addDisk } from "../../disk/add-disk";
import { attachDisk } from "../../disk/attach-disk";
import { detachDisk } from "../../disk/detach-disk";
import { setDiskLimits } from "../../disk/set-disk-limits";
import { setDiskSettings } from "../../disk/set-disk-settings";
import { addNic } from "../../nic/add-nic";
import { moveNic } from "../../nic/move-nic";
import { removeNic } from "../../nic/remove-nic";
import { setNicLimits } from "../../nic/set-nic-limits";
import { setNicLink } from "../../nic/set-nic-link";
import { setNicModel } from "../../nic/set-nic-model";
import { addImage, addPerson, addProject } from "../../testing/world";
import { tuneVm } from "../../tuning/tune-vm";
import { ejectMedia } from "../eject-media";
import { getVm } from "../get-vm";
import { insertMedia } from "../insert-media";
import { pinVm } from "../pin-vm";
import { powerVm } from "../power-vm";
import { startRescue } from "../rescue/start-rescue";
import { resizeVm } from "../resize-vm";
import { setBootOrder } from "../set-boot-order";
import { setClipboard } from "../set-clipboard";
import { setCpu } from "../set-cpu";
import { setRecovery } from "../set-recovery";
import { setVideo } from "../set-video";
import { updateVm } from "../update-vm";
import { previewChange } from "./preview-change";

let lab: CrashLab;

beforeAll(async () => {
  lab = await CrashLab.start("preview");
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

/**
 * A definition without what libvirt chooses by itself: the places of devices, their order, and
 * the bridges that it adds for them.
 */
function comparable(xml: string): string {
  return printXml(bare(inLibvirtsOrder(parseXml(xml))));
}

/** Of processors, which every libvirt fills in by itself and each release another. */
const filledIn = ["check", "dies", "clusters"];

function bare(found: XmlElement): XmlElement {
  const children = found.children.flatMap((child): XmlNode[] => {
    if (typeof child === "string") return [child];
    const chosen = child.name === "address" || child.attributes.type === "pci";
    return chosen ? [] : [bare(child)];
  });
  const told = Object.entries(found.attributes).filter(([name]) => !filledIn.includes(name));
  const attributes = Object.fromEntries(told.sort());
  if (found.name !== "devices") return { ...found, attributes, children };
  return { ...found, attributes, children: children.map(textOf).sort() };
}

const textOf = (node: XmlNode) => (typeof node === "string" ? node : printXml(node));

it("every change makes of the definition what its preview shows, and what its commands do", async () => {
  const portal = await lab.startPortal();
  const { admin, member, db, hosts, project } = portal.world;
  const imageId = await addGuestImage(lab, portal.world);
  const vmId = await lab.created(portal);
  await addNetwork("lab");
  const domain = `p-${vmId}`;
  const { uuid } = await db.vm.findUniqueOrThrow({ where: { id: vmId } });
  await powerVm(member, { vmId, verb: "force_off" });
  const ended = async (task: Promise<{ taskId: string }>) =>
    expect(await lab.ended(db, (await task).taskId)).toBe("done");
  const vm = () => getVm(member, { vmId });
  const mac = (await vm()).nics[0]?.mac ?? "";
  const next = async () => printXml((await readDefinitions(lab.host, uuid)).next.root);
  const seen = { cpuCount: 0, memoryKib: 0 };
  const cpus = [0, 1];
  const limits = { inbound: { average: 1000, peak: 2000, burst: 500 }, outbound: null };
  const diskLimits = { iops: 500, iopsBurst: 1000, mibps: 20, mibpsBurst: null };
  const kept = () => db.disk.findFirstOrThrow({ where: { vmId: null } });

  interface Step {
    change: VmChange;
    /** Of what was chosen only when it was done. */
    chosen?: () => Promise<[string, string]>;
    act: () => Promise<unknown>;
    /** What virsh has no editor for. */
    commands?: string[];
  }
  const sizes = { vcpus: 2, memoryMib: 128 };
  const plan = planResize(await vm(), sizes, seen);
  const suffix = "abcdefghjk";
  const steps: (Step | (() => Promise<Step>))[] = [
    {
      change: { verb: "resizeVm", input: sizes },
      commands: resizeCommands(await vm(), plan),
      act: () => resizeVm(member, { vmId, ...sizes }),
    },
    async () => ({
      change: { verb: "resizeVm", input: { vcpus: 1, memoryMib: 64, roomToGrow: false } },
      commands: resizeCommands(
        await vm(),
        planResize(await vm(), { vcpus: 1, memoryMib: 64, roomToGrow: false }, seen),
      ),
      act: () => resizeVm(member, { vmId, vcpus: 1, memoryMib: 64, roomToGrow: false }),
    }),
    {
      change: {
        verb: "setVmCpu",
        input: { maxVcpus: 4, sockets: 1, cores: 2, threads: 2, model: "qemu64" },
      },
      act: () =>
        setCpu(member, { vmId, maxVcpus: 4, sockets: 1, cores: 2, threads: 2, model: "qemu64" }),
    },
    {
      change: { verb: "setVmRecovery", input: { onPanic: "restart", watchdog: "reset" } },
      act: () => setRecovery(member, { vmId, onPanic: "restart", watchdog: "reset" }),
    },
    {
      change: { verb: "setVmClipboard", input: { clipboard: true } },
      act: () => setClipboard(member, { vmId, clipboard: true }),
    },
    {
      change: { verb: "setVmVideo", input: { model: "vga" } },
      act: () => setVideo(member, { vmId, model: "vga" }),
    },
    {
      change: { verb: "updateVm", input: { name: "shop", description: "web & <more>" } },
      act: () => updateVm(member, { vmId, name: "shop", description: "web & <more>" }),
    },
    {
      change: { verb: "setBootOrder", input: { order: [mac, "vda"] } },
      act: () => setBootOrder(member, { vmId, order: [mac, "vda"] }),
    },
    {
      change: { verb: "insertVmMedia", input: { imageId } },
      act: () => insertMedia(member, { vmId, imageId }),
    },
    {
      change: { verb: "ejectVmMedia", input: {} },
      act: () => ejectMedia(member, { vmId }),
    },
    {
      change: { verb: "addDisk", input: { sizeGib: 1, format: "qcow2", suffix } },
      chosen: async () => {
        const { id } = await db.disk.findFirstOrThrow({ where: { vmId, target: "vdb" } });
        return ["<serial>…<", `<serial>${id}<`];
      },
      act: () => ended(addDisk(member, { vmId, sizeGib: 1, format: "qcow2", suffix })),
    },
    {
      change: { verb: "setDiskLimits", input: { target: "vdb", ...diskLimits } },
      commands: limitDiskCommands(domain, "vdb", diskLimits, false),
      act: () => setDiskLimits(admin, { vmId, target: "vdb", ...diskLimits }),
    },
    {
      change: {
        verb: "setDiskSettings",
        input: { target: "vdb", bus: "scsi", cache: "writeback", serial: "DATA-1" },
      },
      act: () =>
        setDiskSettings(member, {
          vmId,
          target: "vdb",
          bus: "scsi",
          cache: "writeback",
          serial: "DATA-1",
        }),
    },
    {
      change: { verb: "detachDisk", input: { target: "vdb" } },
      act: () =>
        ended(detachDisk(member, { vmId, target: "vdb", remove: false, confirmName: null })),
    },
    async () => {
      const { id: diskId } = await kept();
      return {
        change: { verb: "attachDisk", input: { diskId } },
        act: () => ended(attachDisk(member, { vmId, diskId })),
      };
    },
    {
      change: { verb: "addVmNic", input: { network: "default", model: "e1000e" } },
      chosen: async () => ["52:54:00:…", (await vm()).nics[1]?.mac ?? ""],
      act: () => addNic(member, { vmId, network: "default", model: "e1000e" }),
    },
    {
      change: { verb: "setVmNicModel", input: { mac, model: "e1000e" } },
      act: () => setNicModel(member, { vmId, mac, model: "e1000e" }),
    },
    {
      change: { verb: "setVmNicLink", input: { mac, up: false } },
      act: () => setNicLink(member, { vmId, mac, up: false }),
    },
    {
      change: { verb: "moveVmNic", input: { mac, network: "lab" } },
      commands: moveNicCommands(domain, { mac, when: "both" }, { network: "lab", live: false }),
      act: () => moveNic(member, { vmId, mac, network: "lab" }),
    },
    {
      change: { verb: "setVmNicLimits", input: { mac, ...limits } },
      commands: limitNicCommands(domain, { mac, when: "both" }, { ...limits, live: false }),
      act: () => setNicLimits(admin, { vmId, mac, ...limits }),
    },
    {
      change: { verb: "removeVmNic", input: { mac } },
      commands: removeNicCommands(domain, { mac, network: "lab", when: "both" }, false),
      act: () => removeNic(member, { vmId, mac }),
    },
    {
      change: { verb: "pinVm", input: { vcpus: [{ vcpu: 0, cpus: [1] }], emulator: null } },
      commands: pinCommands(
        domain,
        { vcpus: [{ vcpu: 0, cpus: [1] }], emulator: null },
        cpus,
        false,
      ),
      act: () => pinVm(admin, { vmId, vcpus: [{ vcpu: 0, cpus: [1] }], emulator: null }),
    },
    {
      change: {
        verb: "tuneVm",
        input: {
          hugePages: false,
          memoryCells: [0],
          ioThreads: 1,
          disks: [{ target: "vda", ioThread: 1 }],
        },
      },
      act: () =>
        tuneVm(admin, {
          vmId,
          hugePages: false,
          memoryCells: [0],
          ioThreads: 1,
          disks: [{ target: "vda", ioThread: 1 }],
        }),
    },
  ];

  steps.push({
    change: { verb: "startVmRescue", input: { imageId } },
    act: () => startRescue(member, { vmId, imageId }),
  });

  for (const given of steps) {
    const {
      change,
      commands = [],
      chosen,
      act,
    } = typeof given === "function" ? await given() : given;
    const before = await next();
    const preview = await previewChange(admin, { vmId, change });
    expect(preview.before, change.verb).toBe(printXml(inLibvirtsOrder(parseXml(before))));
    expect(preview.after, change.verb).not.toBe(preview.before);
    expect(await next(), `${change.verb} was only shown`).toBe(before);
    if (commands.length > 0) {
      await byHand(commands);
      expect.soft(comparable(await next()), commands.join("\n")).toBe(comparable(preview.after));
      await lab.peer.virsh(["define", await fileOf(before)]);
      await lab.host.inventory.refresh(uuid);
    }
    await act();
    const [placeholder, value] = (await chosen?.()) ?? ["", ""];
    const expected = placeholder === "" ? preview.after : preview.after.replace(placeholder, value);
    expect.soft(comparable(await next()), change.verb).toBe(comparable(expected));
  }

  const viewer = await addPerson(db, hosts, "viewer", { [project]: "viewer" });
  const change: VmChange = { verb: "detachDisk", input: { target: "vda" } };
  expect((await previewChange(viewer, { vmId, change })).before).not.toContain(lab.peer.dir);
  const other = await addProject(db, "other");
  const elsewhere = await addImage({ db, project: other });
  const disk = await db.disk.create({
    data: {
      ...{
        id: "theirs",
        projectId: other,
        hostId: lab.host.id,
        pool: "portico-disks",
        volume: "theirs.qcow2",
      },
      ...{ format: "qcow2", target: "vdb", capacityBytes: 1n },
    },
  });
  const foreign: VmChange[] = [
    { verb: "insertVmMedia", input: { imageId: elsewhere.id } },
    { verb: "bootVmOnce", input: { imageId: elsewhere.id } },
    { verb: "startVmRescue", input: { imageId: elsewhere.id } },
    { verb: "attachDisk", input: { diskId: disk.id } },
  ];
  for (const theirs of foreign) {
    await expect(previewChange(member, { vmId, change: theirs })).rejects.toMatchObject({
      code: "not_found",
    });
  }
  const outsider = await addPerson(db, hosts, "outsider", {});
  await expect(previewChange(outsider, { vmId, change })).rejects.toMatchObject({
    code: "not_found",
  });
  const missing: VmChange = { verb: "detachDisk", input: { target: "vdz" } };
  await expect(previewChange(viewer, { vmId, change: missing })).rejects.toMatchObject({
    code: "not_found",
  });
});

async function fileOf(xml: string): Promise<string> {
  const file = join(lab.peer.dir, "before.xml");
  await writeFile(file, xml);
  return file;
}

/** As a person types them, who has libvirt's address in the environment. */
async function byHand(commands: string[]): Promise<void> {
  const env = { ...process.env, LIBVIRT_DEFAULT_URI: lab.peer.uri };
  const script = ["set -e", ...commands].join("\n");
  await promisify(execFile)("bash", ["-c", script], { env, cwd: await tempDir() });
}

async function addNetwork(name: string): Promise<void> {
  const file = join(lab.peer.dir, `${name}.xml`);
  // With addresses to lease, so that the same filter fits it as the one before.
  const range = '<range start="10.99.7.10" end="10.99.7.20"/>';
  const lease = `<ip address="10.99.7.1" prefix="24"><dhcp>${range}</dhcp></ip>`;
  await writeFile(file, `<network><name>${name}</name>${lease}</network>`);
  await lab.peer.virsh(["net-define", file]);
  await lab.peer.virsh(["net-start", name]);
  await eventually("the network", () => {
    expect(lab.host.inventory.networks().map((each) => each.name)).toContain(name);
  });
}
