import type { Host, LiveVm } from "@/lib/hypervisor/types";
import type { AuditAction } from "@/lib/model/audit-actions";
import type { VmDetail } from "@/lib/model/vm";
import type { Permission } from "@/lib/policies/permissions";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm, requireLive } from "../vm/find-vm";
import { detailOf } from "../vm/get-vm";

interface NicChange {
  /** Other than `vm.nic`. */
  permission?: Permission;
  action: AuditAction;
  detail: Record<string, string | number | boolean | null>;
  /** Gets the VM as libvirt has it at this moment. */
  work(host: Host, live: LiveVm): Promise<unknown>;
}

/**
 * One change of a VM's network cards, for who may make it: in the audit log, and told to whoever
 * looks. Throws `vm.bad_state` while the VM is being made or deleted, and what `work` throws.
 */
export async function changeNic(ctx: Context, vmId: string, change: NicChange): Promise<VmDetail> {
  const row = await findVm(ctx, vmId, change.permission ?? "vm.nic");
  const { id, projectId, uuid, name } = row;
  const { host, live: known } = requireLive(ctx, row);
  await audited(
    ctx,
    {
      action: change.action,
      projectId,
      targetType: "vm",
      targetId: id,
      targetName: name,
      detail: change.detail,
    },
    async () => change.work(host, (await host.inventory.refresh(uuid)) ?? known),
  );
  publish({ type: "vm", projectId, vmId: id });
  return detailOf(ctx, row);
}
