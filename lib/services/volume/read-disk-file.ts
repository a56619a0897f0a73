import type { Host, LiveDisk, LiveVm } from "@/lib/hypervisor/types";
import { blockInfo } from "@/lib/hypervisor/volume/block-info";
import { readVolumeFacts } from "@/lib/hypervisor/volume/read-volume-facts";
import { volumeReader } from "@/lib/hypervisor/volume/volume-reader";
import { isAppError, notFound } from "@/lib/model/errors";
import { foreignFormat } from "@/lib/model/iso/head";
import type { DiskFileView } from "@/lib/model/volume/disk-file";
import { fileCommands } from "@/lib/model/volume/file-commands";
import { headBytes, readQcow2Header } from "@/lib/model/volume/qcow2-header";

/**
 * Asks the host what a VM's disk lies in; of a running one, what runs. Throws `not_found` when the
 * VM has no such disk or its file lies in no pool, and `host.*` errors.
 */
export async function readDiskFile(
  host: Host,
  of: { vmId: string; live: LiveVm; target: string },
): Promise<DiskFileView> {
  const { vmId, live, target } = of;
  const running = live.bootId !== null;
  const disks = running ? live.disks : live.nextDisks;
  const disk = disks.find((each) => each.target === target && each.device === "disk");
  if (disk === undefined) throw notFound(`disk ${target} of vm ${vmId}`);
  const facts = await readVolumeFacts(host, disk);
  const [sizes, start] = await Promise.all([
    running ? blockInfo(host, live.uuid, target) : null,
    startOf(host, disk),
  ]);
  const { pool, volume } = facts;
  // What the host's list takes for another format is what a guest has written: it says nothing.
  const known = facts.format === disk.format;
  return {
    vmId,
    target,
    pool,
    volume,
    format: disk.format,
    listedFormat: facts.format,
    capacityBytes: facts.capacityBytes,
    allocationBytes: facts.allocationBytes,
    physicalBytes: facts.physicalBytes,
    running: sizes,
    compat: known ? facts.compat : null,
    features: known ? facts.features : [],
    encryption: known ? facts.encryption : null,
    clusterBytes: known ? facts.clusterBytes : null,
    chain: known ? facts.chain : [],
    ...start,
    commands: fileCommands({ pool, volume, running }),
  };
}

/**
 * Only what the VM itself takes for qcow2 is read as that: into a raw disk the guest writes what
 * it likes, a header as well.
 */
async function startOf(
  host: Host,
  disk: LiveDisk,
): Promise<Pick<DiskFileView, "header" | "headerProblem" | "looksLike">> {
  try {
    const read = await volumeReader(host, disk);
    const head = await read(0, headBytes);
    if (disk.format !== "qcow2") {
      const headerProblem = { key: "volume.no_header" };
      return { header: null, headerProblem, looksLike: foreignFormat(head) };
    }
    const header = readQcow2Header(head);
    const headerProblem = header === null ? { key: "volume.bad_header" } : null;
    return { header, headerProblem, looksLike: null };
  } catch (error) {
    // A file that libvirt does not give away right now still has all the rest to show.
    if (!isAppError(error)) throw error;
    return { header: null, headerProblem: { key: "volume.unread_header" }, looksLike: null };
  }
}
