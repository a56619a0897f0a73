import type { LiveDisk } from "@/lib/hypervisor/types";
import { blockInfo } from "@/lib/hypervisor/volume/block-info";
import { readHead } from "@/lib/hypervisor/volume/read-head";
import { readVolumeFacts } from "@/lib/hypervisor/volume/read-volume-facts";
import { isAppError, notFound, type UserMessage } from "@/lib/model/errors";
import type { DiskFileView } from "@/lib/model/volume/disk-file";
import { fileCommands } from "@/lib/model/volume/file-commands";
import { type Qcow2Header, readQcow2Header } from "@/lib/model/volume/qcow2-header";
import type { Context } from "../context";
import { findVm, requireLive } from "../vm/find-vm";

/**
 * What a VM's disk lies in, as its host tells it now. Throws `not_found` when the VM has no such
 * disk or its file lies in no pool, `vm.bad_state` while the VM is being made or deleted, and
 * `host.*` errors.
 */
export async function getDiskFile(
  ctx: Context,
  input: { vmId: string; target: string },
): Promise<DiskFileView> {
  const row = await findVm(ctx, input.vmId, "disk.read");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  const running = live.bootId !== null;
  const disks = running ? live.disks : live.nextDisks;
  const disk = disks.find((each) => each.target === input.target && each.device === "disk");
  if (disk === undefined) throw notFound(`disk ${input.target} of vm ${row.id}`);
  const facts = await readVolumeFacts(host, disk);
  const [sizes, { header, headerProblem }] = await Promise.all([
    running ? blockInfo(host, row.uuid, disk.target) : null,
    headerOf(disk, () => readHead(host, disk)),
  ]);
  const { pool, volume } = facts;
  // What the host's list takes for another format is what a guest has written: it says nothing.
  const known = facts.format === disk.format;
  return {
    vmId: row.id,
    target: disk.target,
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
    header,
    headerProblem,
    commands: fileCommands({ pool, volume, running }),
  };
}

/**
 * Only what the VM itself takes for qcow2 is read as that: into a raw disk the guest writes what
 * it likes, a header as well.
 */
async function headerOf(
  disk: LiveDisk,
  read: () => Promise<Uint8Array>,
): Promise<{ header: Qcow2Header | null; headerProblem: UserMessage | null }> {
  if (disk.format !== "qcow2") return { header: null, headerProblem: { key: "volume.no_header" } };
  try {
    const header = readQcow2Header(await read());
    const headerProblem = header === null ? { key: "volume.bad_header" } : null;
    return { header, headerProblem };
  } catch (error) {
    // A file that libvirt does not give away right now still has all the rest to show.
    if (!isAppError(error)) throw error;
    return { header: null, headerProblem: { key: "volume.unread_header" } };
  }
}
