import { readFile } from "node:fs/promises";
import { connect as connectSocket } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PrivateHost, startPrivateHost } from "@/e2e/host/private-host";
import { planResize } from "@/lib/model/resize-plan";
import { consoleEndpoint } from "../console";
import { ensureHostReady } from "../ensure-host-ready";
import type { SupervisedHost } from "../host";
import { openSerial } from "../open-serial";
import { isPng } from "../screen/ppm-to-png";
import { readScreen } from "../screen/read-screen";
import { connectTestHost } from "../testing/test-host";
import { createVolume, deleteVolume, listVolumes, uploadVolume } from "../volumes";
import { goldenSpecs, specOf } from "../xml/golden/specs";
import { changeMedia } from "./change-media";
import { defineVm } from "./define-vm";
import { forceOffVm } from "./force-off-vm";
import { rebootVm } from "./reboot-vm";
import { resetVm } from "./reset-vm";
import { resizeVm } from "./resize-vm";
import { resumeVm } from "./resume-vm";
import { shutdownVm } from "./shutdown-vm";
import { startVm } from "./start-vm";
import { suspendVm } from "./suspend-vm";
import { undefineVm } from "./undefine-vm";
import { vmXml } from "./vm-xml";

let peer: PrivateHost;
let host: SupervisedHost;

beforeAll(async () => {
  peer = await startPrivateHost({ name: "vm" });
  host = await connectTestHost(peer.uri);
  await ensureHostReady(host);
});
afterAll(async () => {
  await host?.stop();
  await peer?.stop();
});

const virsh = async (...args: string[]) => (await peer.virsh(args)).trim();
const spec = specOf({
  uuid: "7d1f0c0e-5d0b-4d8e-9b7d-0d3f5a4b6c01",
  domainName: "p-power",
  memoryKib: 131_072,
  maxMemoryKib: 262_144,
  disk: { pool: "portico-disks", volume: "p-power-0.qcow2", format: "qcow2", serial: "power" },
  cdrom: null,
});
const { uuid } = spec;
const socketSpec = () => ({ ...spec, consoleSocketPath: join(peer.consoleDir, "p-power.sock") });

/** First bytes that the socket sends. */
function greeting(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket(path);
    socket.once("error", reject);
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.toString("latin1"));
    });
  });
}

describe("definitions", () => {
  it.each(Object.entries(goldenSpecs).filter(([, { virtType }]) => virtType === "qemu"))(
    "libvirt takes %s as valid, and twice is the same as once",
    async (_name, golden) => {
      await defineVm(host, golden);
      const before = await vmXml(host, golden.uuid, "next");
      await defineVm(host, golden);
      expect(await vmXml(host, golden.uuid, "next")).toBe(before);
      const seen = host.inventory.get(golden.uuid);
      expect(seen).toMatchObject({
        title: golden.title,
        vmId: golden.vmId,
        projectId: golden.projectId,
        firmware: golden.firmware,
        state: "off",
      });
      expect(await virsh("desc", "--title", golden.domainName)).toBe(golden.title);
      await undefineVm(host, golden.uuid);
      expect(host.inventory.get(golden.uuid)).toBeNull();
    },
  );

  it("libvirt's schema takes the definition of a KVM host, and its test driver is a host", async () => {
    const tested = await connectTestHost(`test+unix:///default?socket=${peer.socketPath}`);
    try {
      await ensureHostReady(tested);
      const golden = goldenSpecs["kvm-uefi"] ?? specOf({ virtType: "kvm" });
      const { pool, volume: name, format } = golden.disk;
      await createVolume(tested, { pool, name, format, capacityBytes: 2 ** 30 });
      await defineVm(tested, golden);
      expect(tested.inventory.get(golden.uuid)).toMatchObject({ virtType: "kvm", state: "off" });
      expect((await startVm(tested, golden.uuid)).state).toBe("running");
      expect((await forceOffVm(tested, golden.uuid)).state).toBe("off");
      await undefineVm(tested, golden.uuid);
      expect(tested.inventory.get(golden.uuid)).toBeNull();
    } finally {
      await tested.stop();
    }
  });

  it("refuses a name that another domain has", async () => {
    const taken = specOf({ domainName: "p-taken" });
    await defineVm(host, taken);
    await expect(
      defineVm(host, { ...taken, uuid: "7d1f0c0e-5d0b-4d8e-9b7d-0d3f5a4b6c99" }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^(conflict.exists|host.refused)$/) });
    await undefineVm(host, taken.uuid);
    await undefineVm(host, taken.uuid);
  });
});

describe("power", () => {
  it("makes, starts, holds, stops and removes a VM, each time as virsh sees it", async () => {
    const { pool, volume: name, format } = spec.disk;
    await createVolume(host, { pool, name, format, capacityBytes: 2 ** 30 });
    await expect(
      createVolume(host, { pool, name, format, capacityBytes: 2 ** 30 }),
    ).rejects.toMatchObject({ code: "conflict.exists" });
    await defineVm(host, socketSpec());
    await expect(shutdownVm(host, uuid)).resolves.toMatchObject({ state: "off" });
    await expect(suspendVm(host, uuid)).rejects.toMatchObject({ code: "vm.bad_state" });
    await expect(consoleEndpoint(host, uuid)).rejects.toMatchObject({ code: "vm.bad_state" });

    const started = await startVm(host, uuid);
    expect(started).toMatchObject({ state: "running", virtType: "qemu" });
    expect(await virsh("domstate", "p-power")).toBe("running");
    await expect(startVm(host, uuid)).resolves.toMatchObject({ state: "running" });

    const endpoint = await consoleEndpoint(host, uuid);
    expect(endpoint).toEqual({ path: socketSpec().consoleSocketPath, bootId: started.bootId });
    expect(await greeting(endpoint.path)).toMatch(/^RFB 003\.008/);

    expect(isPng(await readScreen(host, uuid))).toBe(true);

    const { signal } = new AbortController();
    const first = await openSerial(host, uuid, { takeOver: false, signal });
    expect(first.bootId).toBe(started.bootId);
    await expect(openSerial(host, uuid, { takeOver: false, signal })).rejects.toMatchObject({
      code: "conflict.rule",
    });
    const cut = new Promise((resolve) => first.stream.once("close", resolve));
    first.stream.resume();
    const second = await openSerial(host, uuid, { takeOver: true, signal });
    await cut;
    second.stream.destroy();

    expect((await suspendVm(host, uuid)).state).toBe("paused");
    expect(await virsh("domstate", "p-power")).toBe("paused");
    expect((await resumeVm(host, uuid)).state).toBe("running");
    expect((await resetVm(host, uuid)).bootId).toBe(started.bootId);
    // Without a system in the guest both are only requests.
    expect((await rebootVm(host, uuid)).state).toBe("running");
    expect((await shutdownVm(host, uuid)).state).toBe("running");
    await expect(undefineVm(host, uuid)).rejects.toMatchObject({ code: "vm.bad_state" });

    expect((await forceOffVm(host, uuid)).state).toBe("off");
    expect((await forceOffVm(host, uuid)).state).toBe("off");
    const again = await startVm(host, uuid);
    expect(again.bootId).not.toBe(started.bootId);
    await forceOffVm(host, uuid);
    await undefineVm(host, uuid);
    await deleteVolume(host, pool, name);
    await deleteVolume(host, pool, name);
    expect(await virsh("list", "--all", "--name")).toBe("");
    expect(await listVolumes(host, pool)).toEqual([]);
  });

  it("says not_found of a VM that is not there", async () => {
    await expect(startVm(host, "7d1f0c0e-5d0b-4d8e-9b7d-0d3f5a4b6cff")).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("boots the disk first and the CD second, with BIOS and with UEFI", async () => {
    for (const firmware of ["bios", "uefi"] as const) {
      const xml = await withDefined({ ...spec, firmware }, () => vmXml(host, uuid, "next"));
      expect(xml.indexOf("<boot order='1'/>")).toBeGreaterThan(xml.indexOf("device='disk'"));
      expect(xml.indexOf("<boot order='2'/>")).toBeGreaterThan(xml.indexOf("device='cdrom'"));
    }
  });
});

async function withDefined<T>(defined: typeof spec, work: () => Promise<T>): Promise<T> {
  await defineVm(host, defined);
  try {
    return await work();
  } finally {
    await forceOffVm(host, uuid);
    await undefineVm(host, uuid);
  }
}

async function withRunning<T>(work: () => Promise<T>): Promise<T> {
  const { pool, volume: name, format } = spec.disk;
  await createVolume(host, { pool, name, format, capacityBytes: 2 ** 30 });
  try {
    return await withDefined(spec, async () => {
      await startVm(host, uuid);
      return work();
    });
  } finally {
    await deleteVolume(host, pool, name);
  }
}

describe("resize", () => {
  const hostSizes = { cpuCount: 16, memoryKib: 64 * 1024 * 1024 };
  const resize = async (vcpus: number, memoryMib: number) => {
    const vm = await host.inventory.refresh(uuid);
    if (vm === null) throw new Error("no such VM");
    return resizeVm(host, uuid, planResize(vm, { vcpus, memoryMib }, hostSizes));
  };

  it("adds vCPUs live, keeps the rest for the next boot, and never unplugs", async () => {
    await withRunning(async () => {
      const grown = await resize(3, 128);
      expect(grown.live).toMatchObject({ vcpus: 3, maxVcpus: 4 });
      expect(grown.next).toMatchObject({ vcpus: 3, memoryKib: 131_072 });
      expect(await virsh("vcpucount", "p-power", "--live", "--active")).toBe("3");
      expect(await virsh("vcpucount", "p-power", "--config", "--active")).toBe("3");

      const shrunk = await resize(1, 128);
      expect(shrunk.live.vcpus).toBe(3);
      expect(shrunk.next.vcpus).toBe(1);
      expect(await virsh("vcpucount", "p-power", "--live", "--active")).toBe("3");

      const beyond = await resize(6, 512);
      expect(beyond.live).toMatchObject({ vcpus: 3, maxVcpus: 4, maxMemoryKib: 262_144 });
      expect(beyond.next).toMatchObject({ vcpus: 6, memoryKib: 524_288 });

      await forceOffVm(host, uuid);
      const restarted = await startVm(host, uuid);
      expect(restarted.live.vcpus).toBe(6);
      expect(restarted.live).toEqual({ ...restarted.next, memoryKib: restarted.live.memoryKib });
    });
  });

  it("sets what a VM that is off will start with", async () => {
    await withDefined(spec, async () => {
      const vm = await resize(2, 300);
      expect(vm.live).toEqual(vm.next);
      expect(vm.next).toMatchObject({ vcpus: 2, memoryKib: 307_200 });
      expect(vm.next.maxMemoryKib).toBeGreaterThanOrEqual(307_200);
    });
  });

  it("keeps what others have put into the definition", async () => {
    await withDefined(spec, async () => {
      await virsh("desc", "p-power", "--config", "from virsh");
      await resize(2, 128);
      expect(await virsh("desc", "p-power")).toBe("from virsh");
    });
  });

  it("does nothing on a plan that is refused", async () => {
    await withDefined(spec, async () => {
      const before = await vmXml(host, uuid, "next");
      await expect(resize(0, 128)).rejects.toMatchObject({ code: "input.invalid" });
      expect(await vmXml(host, uuid, "next")).toBe(before);
    });
  });
});

describe("media and uploads", () => {
  const image = { pool: "portico-images", name: "test.iso", sizeBytes: 3_000_000 };
  const bytes = Buffer.alloc(image.sizeBytes, "portico ");
  const chunks = (count: number) =>
    Readable.from(
      Array.from({ length: count }, (_, at) => bytes.subarray(at * 1e6, at * 1e6 + 1e6)),
    );

  it("stores exactly what it was given, in place of an earlier try", async () => {
    const sent: number[] = [];
    await uploadVolume(host, image, chunks(3), (count) => sent.push(count));
    await uploadVolume(host, image, chunks(3), () => undefined);
    expect(sent).toEqual([1e6, 2e6, 3e6]);
    const file = peer.outside("/var/lib/libvirt/images/portico/images/test.iso");
    expect((await readFile(file)).equals(bytes)).toBe(true);
  });

  it.each([
    ["ends too early", () => chunks(2)],
    ["is too long", () => Readable.from([bytes, Buffer.from("x")])],
    [
      "fails",
      () =>
        Readable.from(
          (async function* () {
            yield bytes.subarray(0, 1e6);
            throw new Error("lost");
          })(),
        ),
    ],
  ])("leaves nothing of an upload whose source %s", async (_name, source) => {
    const other = { ...image, name: "broken.iso" };
    await expect(uploadVolume(host, other, source(), () => undefined)).rejects.toThrow();
    const names = (await listVolumes(host, image.pool)).map(({ name }) => name);
    expect(names).not.toContain("broken.iso");
  });

  it("leaves nothing of an upload that was cancelled", async () => {
    const cancel = new AbortController();
    const endless = Readable.from(
      (async function* () {
        yield bytes.subarray(0, 1e6);
        cancel.abort();
        await new Promise(() => undefined);
      })(),
    );
    const other = { ...image, name: "cancelled.iso" };
    await expect(
      uploadVolume(host, other, endless, () => undefined, cancel.signal),
    ).rejects.toThrow();
    const names = (await listVolumes(host, image.pool)).map(({ name }) => name);
    expect(names).not.toContain("cancelled.iso");
  });

  it("changes and empties the drive of a running guest and of its next boot", async () => {
    await withRunning(async () => {
      const media = { pool: image.pool, volume: image.name };
      const inserted = await changeMedia(host, uuid, media);
      const drive = inserted.disks.find(({ device }) => device === "cdrom");
      expect(drive).toMatchObject(media);
      expect(await virsh("domblklist", "p-power")).toContain(image.name);
      expect(await virsh("domblklist", "p-power", "--inactive")).toContain(image.name);
      const ejected = await changeMedia(host, uuid, null);
      expect(ejected.disks.find(({ device }) => device === "cdrom")).toMatchObject({
        volume: null,
        bootOrder: 2,
      });
      expect(await virsh("domblklist", "p-power", "--inactive")).not.toContain(image.name);
      await forceOffVm(host, uuid);
      await changeMedia(host, uuid, media);
      expect(await virsh("domblklist", "p-power", "--inactive")).toContain(image.name);
    });
  });
});

describe("a host that is ready", () => {
  it("has its network and pools, started with it, and stays as it is", async () => {
    expect(await virsh("net-info", "default")).toMatch(/Active:\s+yes[\s\S]*Autostart:\s+yes/);
    for (const pool of ["portico-images", "portico-disks"]) {
      expect(await virsh("pool-info", pool)).toMatch(/State:\s+running[\s\S]*Autostart:\s+yes/);
    }
    const before = await virsh("net-dumpxml", "default");
    await ensureHostReady(host);
    expect(await virsh("net-dumpxml", "default")).toBe(before);
    expect(host.inventory.networks().map(({ name, active }) => [name, active])).toEqual([
      ["default", true],
    ]);
  });

  it("is mended: stopped pool with its folder gone, network undefined", async () => {
    await virsh("pool-destroy", "portico-disks");
    await peer.inside(["rmdir", "/var/lib/libvirt/images/portico/disks"]);
    await virsh("net-destroy", "default");
    await virsh("net-undefine", "default");
    await ensureHostReady(host);
    expect(await virsh("pool-info", "portico-disks")).toMatch(/State:\s+running/);
    expect(await virsh("net-info", "default")).toMatch(/Active:\s+yes/);
  });
});
