import type { DiskFileView } from "@/lib/model/volume/disk-file";
import type { Context } from "../context";
import { findVm, requireLive } from "../vm/find-vm";
import { readDiskFile } from "./read-disk-file";

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
  return readDiskFile(host, { vmId: row.id, live, target: input.target });
}
