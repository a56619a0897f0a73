import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { startPrivateHost } from "@/e2e/host/private-host";
import { ensureHostReady } from "@/lib/hypervisor/ensure-host-ready";
import { hosts, startHosts, stopHosts } from "@/lib/hypervisor/hosts";
import type { DomainSpec, Host } from "@/lib/hypervisor/types";
import { defineVm } from "@/lib/hypervisor/vm/define-vm";
import { forceOffVm } from "@/lib/hypervisor/vm/force-off-vm";
import { startVm } from "@/lib/hypervisor/vm/start-vm";
import { undefineVm } from "@/lib/hypervisor/vm/undefine-vm";
import { createVolume, deleteVolume } from "@/lib/hypervisor/volumes";
import { type Figure, figureOf } from "../figure";

const run$ = promisify(execFile);
const ROUNDS = 5;
const POOL = "portico-disks";
const DISK_BYTES = 2 ** 30;
const MEMORY_KIB = 262_144;

/**
 * From nothing to a running guest, ours against virt-install, in turns on the same private
 * libvirtd: a qcow2 disk of 1 GiB, 256 MiB of memory, one vCPU, the NAT network, VNC on a socket.
 * Milliseconds, median of five rounds after one that warms libvirt's caches up.
 */
export async function run(): Promise<Figure[]> {
  const peer = await startPrivateHost({ name: "bench" });
  try {
    startHosts([{ id: "bench", name: "bench", uri: peer.uri }], {
      virtTypeSetting: "qemu",
      consoleDir: null,
    });
    const host = await connected();
    await ensureHostReady(host);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const oursMs = await timed(() => createOurs(host, specOf(round)));
      await removeAll(host);
      const theirsMs = await timed(() => createTheirs(peer.uri, `theirs${round}`));
      await removeAll(host);
      if (round === 0) continue;
      ours.push(oursMs);
      theirs.push(theirsMs);
    }
    const facts = {
      figure: "create to running",
      ours: median(ours),
      peer: median(theirs),
      peerName: "virt-install",
      unit: "ms",
    };
    return [figureOf(facts, { atMost: 1.5 })];
  } finally {
    await stopHosts();
    await peer.stop();
  }
}

function connected(): Promise<Host> {
  return new Promise((resolve) => {
    const stop = hosts().onChange((host, change) => {
      if (change.type !== "resync") return;
      stop();
      resolve(host);
    });
  });
}

function specOf(round: number): DomainSpec {
  const name = `ours${round}`;
  return {
    uuid: randomUUID(),
    domainName: name,
    vmId: name,
    projectId: "bench",
    title: name,
    virtType: "qemu",
    firmware: "bios",
    vcpus: 1,
    maxVcpus: 4,
    memoryKib: MEMORY_KIB,
    modulesLimitKib: null,
    maxMemoryKib: 2 * MEMORY_KIB,
    disk: { pool: POOL, volume: `${name}.qcow2`, format: "qcow2", serial: name },
    cdrom: null,
    network: "default",
    consoleSocketPath: null,
  };
}

async function createOurs(host: Host, spec: DomainSpec): Promise<void> {
  const { pool, volume: name, format } = spec.disk;
  await createVolume(host, { pool, name, format, capacityBytes: DISK_BYTES });
  await defineVm(host, spec);
  const vm = await startVm(host, spec.uuid);
  if (vm.state !== "running") throw new Error(`the VM is ${vm.state}`);
}

async function createTheirs(uri: string, name: string): Promise<void> {
  await run$("virt-install", [
    ...["--connect", uri, "--name", name, "--virt-type", "qemu", "--machine", "q35"],
    ...["--memory", String(MEMORY_KIB / 1024), "--vcpus", "1"],
    ...["--disk", `pool=${POOL},size=1,format=qcow2`, "--network", "network=default"],
    ...["--graphics", "vnc,listen=socket", "--osinfo", "detect=off,require=off"],
    ...["--import", "--noautoconsole", "--wait", "0"],
  ]);
}

async function removeAll(host: Host): Promise<void> {
  for (const { uuid } of host.inventory.list()) {
    const volumes = (await host.inventory.refresh(uuid))?.disks ?? [];
    await forceOffVm(host, uuid);
    await undefineVm(host, uuid);
    for (const disk of volumes) {
      const file = disk.volume ?? disk.path?.split("/").at(-1);
      if (file) await deleteVolume(host, POOL, file);
    }
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function median(values: number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}
