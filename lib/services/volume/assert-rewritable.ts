import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";
import { rewriteProblem } from "@/lib/model/volume/convert-plan";
import type { DiskFileView } from "@/lib/model/volume/disk-file";
import { readDiskFile } from "./read-disk-file";

/**
 * What a VM's disk lies in, when it can be rewritten, or what else `problemOf` judges by. Throws `vm.bad_state` while the VM is not
 * off, `conflict.rule` for what speaks against the file, or when it is not the one expected, and
 * `not_found` and `host.*` errors.
 */
export async function assertRewritable(
  host: Host,
  of: { vmId: string; live: LiveVm; target: string },
  expected: { pool: string; volume: string },
  problemOf = rewriteProblem,
): Promise<DiskFileView> {
  const { vmId, live, target } = of;
  const file = await readDiskFile(host, of);
  const hasSnapshots = live.snapshots.length > 0;
  const isOwn = file.pool === expected.pool && file.volume === expected.volume;
  const problem =
    problemOf({ state: live.state, hasSnapshots, file }) ??
    (isOwn ? null : { key: "volume.other_file" });
  if (problem === null) return file;
  throw new AppError({
    code: problem.key === "volume.not_off" ? "vm.bad_state" : "conflict.rule",
    message: `disk ${target} of vm ${vmId} is not rewritten: ${problem.key}`,
    userMessage: problem,
  });
}
