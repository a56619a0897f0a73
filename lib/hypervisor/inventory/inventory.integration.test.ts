import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { type PrivateHost, startPrivateHost } from "@/e2e/host/private-host";
import { consoleEndpoint } from "../console";
import { ensureHostReady } from "../ensure-host-ready";
import type { SupervisedHost } from "../host";
import { connectTestHost, nextChange } from "../testing/test-host";
import type { InventoryChange, LiveVm } from "../types";
import { defineVm } from "../vm/define-vm";
import { forceOffVm } from "../vm/force-off-vm";
import { resumeVm } from "../vm/resume-vm";
import { startVm } from "../vm/start-vm";
import { suspendVm } from "../vm/suspend-vm";
import { undefineVm } from "../vm/undefine-vm";
import { createVolume, deleteVolume } from "../volumes";
import { specOf } from "../xml/golden/specs";

let peer: PrivateHost;
let host: SupervisedHost;
let changes: InventoryChange[] = [];

beforeAll(async () => {
  peer = await startPrivateHost({ name: "inv" });
  host = await connectTestHost(peer.uri);
  await ensureHostReady(host);
  host.inventory.onChange((change) => changes.push(change));
});
beforeEach(() => {
  changes = [];
});
afterEach(async () => {
  await virsh("destroy", "foreign").catch(() => undefined);
  await virsh("undefine", "foreign", "--managed-save").catch(() => undefined);
});
afterAll(async () => {
  await host?.stop();
  await peer?.stop();
});

const virsh = async (...args: string[]) => (await peer.virsh(args)).trim();
const foreignUuid = "9d1f0c0e-5d0b-4d8e-9b7d-0d3f5a4b6c01";

async function defineForeign(title = "theirs", metadata = ""): Promise<void> {
  const file = join(peer.dir, "foreign.xml");
  await writeFile(
    file,
    `<domain type='qemu'><name>foreign</name><uuid>${foreignUuid}</uuid><title>${title}</title>${metadata}
     <memory unit='MiB'>64</memory><vcpu current='1'>2</vcpu><os><type machine='q35'>hvm</type></os></domain>`,
  );
  await virsh("define", file);
}

/** Waits until the inventory says so; the page would show it at the same moment. */
const seen = (uuid: string, expected: Partial<LiveVm>) =>
  eventually(`the inventory has ${JSON.stringify(expected)}`, () => {
    expect(host.inventory.get(uuid)).toMatchObject(expected);
  });

function ours(number: number, consoleSocketPath: string | null = null) {
  const name = `p-inv${number}`;
  return specOf({
    uuid: `9d1f0c0e-5d0b-4d8e-9b7d-0d3f5a4b7c0${number}`,
    domainName: name,
    memoryKib: 65_536,
    maxMemoryKib: 65_536,
    disk: { pool: "portico-disks", volume: `${name}.qcow2`, format: "qcow2", serial: name },
    cdrom: null,
    consoleSocketPath,
  });
}

async function makeRunning(spec: ReturnType<typeof ours>): Promise<LiveVm> {
  const { pool, volume: name, format } = spec.disk;
  await createVolume(host, { pool, name, format, capacityBytes: 2 ** 30 });
  await defineVm(host, spec);
  return startVm(host, spec.uuid);
}

async function remove(spec: ReturnType<typeof ours>): Promise<void> {
  await forceOffVm(host, spec.uuid);
  await undefineVm(host, spec.uuid);
  await deleteVolume(host, spec.disk.pool, spec.disk.volume);
}

describe("what virsh does", () => {
  it("is seen: define, edit, start, suspend, resume, vCPUs, stop, rename, undefine", async () => {
    await defineForeign();
    await seen(foreignUuid, { state: "off", title: "theirs", vmId: null, bootId: null });
    expect(host.view()).toMatchObject({ vmCount: 0, unmanagedCount: 1 });
    await defineForeign("renamed &lt;title&gt;");
    await seen(foreignUuid, { title: "renamed <title>" });
    await virsh("start", "foreign");
    await seen(foreignUuid, { state: "running", stateReason: "booted" });
    await virsh("suspend", "foreign");
    await seen(foreignUuid, { state: "paused", stateReason: "user" });
    await virsh("resume", "foreign");
    await seen(foreignUuid, { state: "running", stateReason: "unpaused" });
    await virsh("setvcpus", "foreign", "2", "--live");
    await eventually("two vCPUs", () => {
      expect(host.inventory.get(foreignUuid)?.live.vcpus).toBe(2);
      expect(host.inventory.get(foreignUuid)?.next.vcpus).toBe(1);
    });
    await virsh("autostart", "foreign");
    await seen(foreignUuid, { state: "running", autostart: true });
    await virsh("destroy", "foreign");
    await seen(foreignUuid, { state: "off", stateReason: "destroyed", autostart: true });
    await virsh("domrename", "foreign", "other");
    await seen(foreignUuid, { domainName: "other" });
    await virsh("undefine", "other");
    await eventually("gone", () => expect(host.inventory.get(foreignUuid)).toBeNull());
    expect(changes.at(-1)).toEqual({ type: "vm.removed", uuid: foreignUuid });
  });

  it("is seen of a saved guest, a crashed one and of networks and pools", async () => {
    await defineForeign();
    await virsh("start", "foreign");
    await virsh("managedsave", "foreign");
    await seen(foreignUuid, { state: "saved", stateReason: "saved" });
    await virsh("start", "foreign");
    await seen(foreignUuid, { state: "running", stateReason: "restored" });
    await peer.inside(["sh", "-c", "kill -9 $(cat /run/libvirt/qemu/foreign.pid)"]);
    await seen(foreignUuid, { state: "crashed", bootId: null });
    await virsh("undefine", "foreign");
    await virsh("net-destroy", "default");
    await eventually("network off", () => expect(host.inventory.networks()[0]?.active).toBe(false));
    await virsh("net-start", "default");
    await eventually("network on", () => expect(host.inventory.networks()[0]?.active).toBe(true));
    await virsh("pool-destroy", "portico-images");
    const images = () => host.inventory.pools().find(({ role }) => role === "images");
    await eventually("pool off", () => expect(images()?.active).toBe(false));
    await virsh("pool-start", "portico-images");
    await eventually("pool on", () => expect(images()?.active).toBe(true));
  });

  it("is told once: a second reading of the same changes nothing", async () => {
    await defineForeign();
    await seen(foreignUuid, { state: "off" });
    await host.inventory.refresh(foreignUuid);
    const before = changes.length;
    await Promise.all(Array.from({ length: 20 }, () => host.inventory.refresh(foreignUuid)));
    expect(changes.slice(before)).toEqual([]);
    await virsh("undefine", "foreign");
    await eventually("gone", () => expect(host.inventory.get(foreignUuid)).toBeNull());
  });
});

describe("faults", () => {
  it("one domain with XML that is not to be read costs nobody else", async () => {
    const odd = "<x xmlns='urn:x'><![CDATA[<!DOCTYPE x>]]></x>";
    await defineForeign("odd", `<metadata>${odd}</metadata>`);
    const spec = ours(7);
    await defineVm(host, spec);
    const other = await connectTestHost(peer.uri);
    try {
      expect(other.connection).toBe("connected");
      expect(other.inventory.get(foreignUuid)).toBeNull();
      expect(other.inventory.get(spec.uuid)?.state).toBe("off");
      expect(other.inventory.networks()).not.toEqual([]);
    } finally {
      await other.stop();
      await undefineVm(host, spec.uuid);
    }
  });

  it("a killed libvirtd: unreachable with the last data, then back, with the same boot", async () => {
    const spec = ours(1, join(peer.consoleDir, "p-inv1.sock"));
    const { bootId } = await makeRunning(spec);
    const lost = nextChange(host, "host");
    await peer.kill("SIGKILL");
    await lost;
    await eventually("unreachable", () => expect(host.connection).toBe("unreachable"));
    expect(host.view().syncedAt).not.toBeNull();
    expect(host.inventory.get(spec.uuid)).toMatchObject({ state: "running", bootId });
    await expect(suspendVm(host, spec.uuid)).rejects.toMatchObject({ code: "host.unreachable" });

    const synced = nextChange(host, "resync");
    await peer.restart();
    await synced;
    expect(host.connection).toBe("connected");
    expect(host.inventory.get(spec.uuid)).toMatchObject({ state: "running", bootId });
    expect((await consoleEndpoint(host, spec.uuid)).bootId).toBe(bootId);
    await virsh("suspend", "p-inv1");
    await seen(spec.uuid, { state: "paused" });
    await remove(spec);
  });

  it("what happened while libvirtd was away is there after the resync", async () => {
    const spec = ours(2);
    await makeRunning(spec);
    await defineForeign();
    await peer.kill("SIGKILL");
    await eventually("unreachable", () => expect(host.connection).toBe("unreachable"));
    await peer.inside(["rm", "/etc/libvirt/qemu/foreign.xml"]);
    await peer.inside(["sh", "-c", "kill -9 $(cat /run/libvirt/qemu/p-inv2.pid)"]);
    const synced = nextChange(host, "resync");
    await peer.restart();
    await synced;
    expect(host.inventory.get(foreignUuid)).toBeNull();
    expect(host.inventory.get(spec.uuid)).toMatchObject({ bootId: null });
    await remove(spec);
  });

  it("a boot after all numbers began anew is another boot", async () => {
    const spec = ours(3, join(peer.consoleDir, "p-inv3.sock"));
    const first = await makeRunning(spec);
    const firstId = await virsh("domid", "p-inv3");
    await forceOffVm(host, spec.uuid);
    const synced = nextChange(host, "resync");
    await peer.restart();
    await synced;
    // libvirt counts from 1 again: the number alone would name another run of the guest.
    for (let id = "0"; id !== firstId; id = await virsh("domid", "p-inv3")) {
      await forceOffVm(host, spec.uuid);
      await startVm(host, spec.uuid);
    }
    expect(host.inventory.get(spec.uuid)?.bootId).toMatch(/^[\w-]{22}$/);
    expect(host.inventory.get(spec.uuid)?.bootId).not.toBe(first.bootId);
    await remove(spec);
  }, 180_000);

  it("a frozen QEMU is marked and holds up nobody else", async () => {
    const [frozen, other] = [ours(4), ours(5)];
    await makeRunning(frozen);
    await makeRunning(other);
    const signal = (name: string) =>
      peer.inside(["sh", "-c", `kill -${name} $(cat /run/libvirt/qemu/p-inv4.pid)`]);
    await signal("STOP");
    await seen(frozen.uuid, { state: "running", stale: true });
    expect((await suspendVm(host, other.uuid)).state).toBe("paused");
    expect((await resumeVm(host, other.uuid)).state).toBe("running");
    await expect(suspendVm(host, frozen.uuid)).rejects.toMatchObject({ code: "host.timeout" });
    await virsh("suspend", "p-inv5");
    await seen(other.uuid, { state: "paused", stale: false });
    await signal("CONT");
    await seen(frozen.uuid, { stale: false });
    await remove(frozen);
    await remove(other);
  }, 180_000);

  it("a frozen QEMU can be forced off", async () => {
    const spec = ours(6);
    await makeRunning(spec);
    await peer.inside(["sh", "-c", "kill -STOP $(cat /run/libvirt/qemu/p-inv6.pid)"]);
    changes = [];
    const connections = new Set<string>();
    const stop = host.inventory.onChange(() => connections.add(host.connection));
    expect((await forceOffVm(host, spec.uuid)).state).toBe("off");
    stop();
    // Its locked domain took every place of the connection once, and the connections with it.
    expect([...connections]).toEqual(["connected"]);
    expect(changes.filter(({ type }) => type === "resync")).toEqual([]);
    await remove(spec);
  });
});
