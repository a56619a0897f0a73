import { poolDirectIo } from "@/lib/hypervisor/pool-direct-io";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import type { DiskSettingsAsked } from "@/lib/model/disk-settings";
import {
  type DiskSettingsPlan,
  type PlannedDrive,
  planDiskSettings as planOf,
} from "@/lib/model/disk-settings-plan";
import { notFound } from "@/lib/model/errors";
import type { Context } from "../context";
import { findVm, requireLive } from "../vm/find-vm";
import { findVmDisk } from "./find-vm-disk";

/** The plan, and what it goes by that the VM itself does not tell. */
export interface PlannedSettings extends DiskSettingsPlan {
  /** Whether files of its pool can be opened past the host's cache; null where nobody can tell. */
  directIo: boolean | null;
}

/**
 * What other settings of a disk would do, by the same plan that `setDiskSettings` carries out;
 * nothing is changed. Throws `not_found` without such a drive, `conflict.rule` for one that is not
 * the project's, `vm.bad_state` while the VM is being made or deleted, and `host.*` errors.
 */
export async function planDiskSettings(
  ctx: Context,
  { vmId, target, ...asked }: DiskSettingsAsked & { vmId: string; target: string },
): Promise<PlannedSettings> {
  const row = await findVm(ctx, vmId, "vm.read");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  const { pool } = await findVmDisk(ctx.db, vmId, live, target);
  return planFor(host, live, { target, pool }, asked);
}

/** The same of a VM and a disk that are looked at already. */
export async function planFor(
  host: Host,
  live: LiveVm,
  { target, pool }: { target: string; pool: string },
  asked: DiskSettingsAsked,
): Promise<PlannedSettings> {
  const directIo = await poolDirectIo(host, pool);
  const { state } = live;
  const vm = { state, hasSnapshots: live.snapshots.length > 0 };
  const drives: PlannedDrive[] = live.nextDisks;
  const plan = planOf(vm, target, asked, { drives, directIo });
  // The guest has let go of it late: the next start does not have it.
  if (plan === null) throw notFound(`disk ${target} of the next start`);
  return { ...plan, directIo };
}
