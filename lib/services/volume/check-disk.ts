import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { readVolumeFacts, type VolumeFacts } from "@/lib/hypervisor/volume/read-volume-facts";
import { volumeReader } from "@/lib/hypervisor/volume/volume-reader";
import { AppError, notFound } from "@/lib/model/errors";
import { checkQcow2 } from "@/lib/model/volume/check-qcow2";
import type { DiskCheckView } from "@/lib/model/volume/disk-file";
import { headBytes, readQcow2Header } from "@/lib/model/volume/qcow2-header";
import { audited } from "../audited";
import type { Context } from "../context";
import { findVm, requireLive } from "../vm/find-vm";

/**
 * Looks whether a qcow2 disk of a VM that is off is sound in itself; nothing is repaired. Only its
 * tables are read, over libvirt, so that it works on a remote host. Throws `vm.bad_state` while
 * the VM is on, `conflict.rule` for a file that cannot be checked or was written to meanwhile, and
 * `not_found` and `host.*` errors.
 */
export async function checkDisk(
  ctx: Context,
  input: { vmId: string; target: string },
): Promise<DiskCheckView> {
  const { target } = input;
  const row = await findVm(ctx, input.vmId, "vm.disk");
  return audited(
    ctx,
    {
      action: "disk.check",
      projectId: row.projectId,
      targetType: "vm",
      targetId: row.id,
      targetName: row.name,
      detail: { disk: target },
    },
    async () => {
      const { host, live: known } = requireLive(ctx, row, { evenTemplate: true });
      const live = (await host.inventory.refresh(row.uuid)) ?? known;
      return check(host, live, target);
    },
  );
}

async function check(host: Host, live: LiveVm, target: string): Promise<DiskCheckView> {
  const disk = live.nextDisks.find((each) => each.target === target && each.device === "disk");
  if (disk === undefined) throw notFound(`disk ${target} of ${live.uuid}`);
  if (live.bootId !== null) throw refusal("vm.bad_state", "volume.check_not_off");
  if (disk.format !== "qcow2") throw refusal("conflict.rule", "volume.check_raw");
  const before = await readVolumeFacts(host, disk);
  const read = await volumeReader(host, disk);
  const head = await read(0, headBytes);
  const found = await checkQcow2(head, before.physicalBytes ?? 0, read);
  if (found === null) throw refusal("conflict.rule", "volume.check_unknown");
  await assertUntouched(host, live, before);
  const { clusterBytes = 0, dirty = false } = readQcow2Header(head) ?? {};
  const { corruptions, leaks, dataClusters } = found;
  return {
    corruptions,
    leaks,
    leakedBytes: leaks * clusterBytes,
    dataBytes: dataClusters * clusterBytes,
    // Counts that are written late are not wrong: the next start puts them right.
    dirty,
  };
}

/** Tables of a file that somebody writes to contradict each other. */
async function assertUntouched(host: Host, live: LiveVm, before: VolumeFacts): Promise<void> {
  const { pool, volume, changedAt } = before;
  const after = await readVolumeFacts(host, { pool, volume, path: null });
  const now = await host.inventory.refresh(live.uuid);
  if (after.changedAt === changedAt && now?.bootId === null) return;
  throw refusal("conflict.rule", "volume.check_changed");
}

function refusal(code: "vm.bad_state" | "conflict.rule", key: string): AppError {
  return new AppError({ code, message: `a disk is not checked: ${key}`, userMessage: { key } });
}
