import { cpus } from "node:os";
import { type Connection, isLibvirtError } from "@/lib/libvirt";
import type { HostView } from "@/lib/model/host";

export type HostFacts = Pick<
  HostView,
  "libvirtVersion" | "qemuVersion" | "cpuModel" | "cpuCount" | "memoryKib" | "memoryFreeKib"
>;

export const unknownFacts: HostFacts = {
  libvirtVersion: null,
  qemuVersion: null,
  cpuModel: null,
  cpuCount: 0,
  memoryKib: 0,
  memoryFreeKib: 0,
};

const options = { deadlineMs: 10_000 };
const ALL_CELLS = -1;
const MEMORY_PARAMETERS = 4;

/** What the host is and has. Rejects with a LibvirtError. */
export async function readHostFacts(connection: Connection, isLocal: boolean): Promise<HostFacts> {
  const [{ libVer }, { hvVer }, node] = await Promise.all([
    connection.call("connectGetLibVersion", {}, options),
    connection.call("connectGetVersion", {}, options),
    connection.call("nodeGetInfo", {}, options),
  ]);
  return {
    libvirtVersion: versionText(libVer),
    qemuVersion: versionText(hvVer),
    // libvirt names the architecture only; the brand is known for the machine we run on.
    cpuModel: (isLocal ? cpus()[0]?.model.trim() : null) || node.model || null,
    cpuCount: node.cpus,
    ...(await readMemory(connection, Number(node.memory))),
  };
}

/** 9000000 → "9.0.0". */
function versionText(version: bigint): string {
  return [version / 1_000_000n, (version / 1000n) % 1000n, version % 1000n].join(".");
}

type Memory = Pick<HostFacts, "memoryKib" | "memoryFreeKib">;

/** All memory, and what a new guest could have without swapping: free, buffers and page cache. */
async function readMemory(connection: Connection, nodeMemoryKib: number): Promise<Memory> {
  const stats = await unlessRefused(
    connection.call(
      "nodeGetMemoryStats",
      { nparams: MEMORY_PARAMETERS, cellNum: ALL_CELLS, flags: 0 },
      options,
    ),
  );
  if (stats === null) {
    const free = await unlessRefused(connection.call("nodeGetFreeMemory", {}, options));
    return { memoryKib: nodeMemoryKib, memoryFreeKib: Number(free?.freeMem ?? 0n) / 1024 };
  }
  const { params } = stats;
  const kib = (name: string) => Number(params.find(({ field }) => field === name)?.value ?? 0n);
  return {
    memoryKib: kib("total") || nodeMemoryKib,
    memoryFreeKib: kib("free") + kib("buffers") + kib("cached"),
  };
}

/** A figure that a driver does not have is no reason to do without the host. */
async function unlessRefused<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isLibvirtError(error) && error.kind === "refused") return null;
    throw error;
  }
}
