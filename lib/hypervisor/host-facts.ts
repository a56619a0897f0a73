import { cpus } from "node:os";
import type { Connection } from "@/lib/libvirt";
import type { HostView } from "@/lib/model/host";
import { isUnsupported } from "./errors";

export type HostFacts = Pick<
  HostView,
  "libvirtVersion" | "qemuVersion" | "cpuModel" | "cpuCount" | "memoryKib"
>;

export const unknownFacts: HostFacts = {
  libvirtVersion: null,
  qemuVersion: null,
  cpuModel: null,
  cpuCount: 0,
  memoryKib: 0,
};

const options = { deadlineMs: 10_000 };
const ALL_CELLS = -1;
const MEMORY_PARAMETERS = 4;

/** What does not change while a host is up. Rejects with a LibvirtError. */
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
    memoryKib: Number(node.memory),
  };
}

/** 9000000 → "9.0.0". */
function versionText(version: bigint): string {
  return [version / 1_000_000n, (version / 1000n) % 1000n, version % 1000n].join(".");
}

/** Memory that a new guest could have without swapping: free, buffers and page cache, in KiB. */
export async function readFreeMemoryKib(connection: Connection): Promise<number> {
  try {
    const { params } = await connection.call(
      "nodeGetMemoryStats",
      { nparams: MEMORY_PARAMETERS, cellNum: ALL_CELLS, flags: 0 },
      options,
    );
    return params
      .filter(({ field }) => ["free", "buffers", "cached"].includes(field))
      .reduce((sum, { value }) => sum + Number(value), 0);
  } catch (error) {
    if (!isUnsupported(error)) throw error;
    const { freeMem } = await connection.call("nodeGetFreeMemory", {}, options);
    return Math.floor(Number(freeMem) / 1024);
  }
}
