import type { Vm } from "@/lib/db/generated/client";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { AppError, notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import type { Permission } from "@/lib/policies/permissions";
import { scope } from "@/lib/policies/scope";
import type { Context } from "../context";
import { requireHost } from "../host/require-host";

/** The VM's row, when the actor may do this to it; another tenant's is `not_found`. */
export async function findVm(ctx: Context, vmId: string, permission: Permission): Promise<Vm> {
  const vm = await findSeenVm(ctx, vmId);
  assertCan(ctx.actor, permission, vm.projectId);
  return vm;
}

/**
 * The row of a VM that the actor sees, whatever he may do to it: for a call that names something
 * besides, which is to be found before the permission is asked for. Throws `not_found`.
 */
export async function findSeenVm(ctx: Context, vmId: string): Promise<Vm> {
  const vm = await ctx.db.vm.findFirst({ where: { id: vmId, ...scope(ctx.actor) } });
  if (!vm) throw notFound(`vm ${vmId}`);
  return vm;
}

/**
 * The VM as it is on its host now, for verbs. Throws `host.unreachable` when the host is away
 * and `vm.bad_state` while the VM is being made or deleted, or when libvirt no longer has it; also
 * while its memory is saved, for verbs that do not say `evenSaved`: what is restored has the disks
 * and the definition of then, so neither may change meanwhile. For the same verbs a VM in rescue
 * and a template are left alone, see `refuseHeld`; `evenTemplate` is for those that only read one.
 */
export function requireLive(
  ctx: Pick<Context, "hosts">,
  vm: Vm,
  { evenSaved = false, evenTemplate = false } = {},
): { host: Host; live: LiveVm } {
  const host = requireHost(ctx.hosts, vm.hostId);
  if (vm.lifecycle !== "ready") {
    throw new AppError({
      code: "vm.bad_state",
      message: `vm ${vm.id} is ${vm.lifecycle}`,
      userMessage: { key: vm.lifecycle === "creating" ? "vm.is_creating" : "vm.is_deleting" },
    });
  }
  if (!evenSaved) refuseHeld(vm, { evenTemplate });
  const live = host.inventory.get(vm.uuid);
  if (live && !evenSaved) refuseSaved(live);
  if (live) return { host, live };
  throw new AppError({
    code: "vm.bad_state",
    message: `vm ${vm.id} is gone from ${host.id}`,
    userMessage: { key: "vm.is_missing" },
  });
}

/** Throws `vm.bad_state` while the VM's memory is saved. */
export function refuseSaved(live: LiveVm): void {
  if (live.state !== "saved") return;
  throw new AppError({
    code: "vm.bad_state",
    message: `${live.domainName} has saved memory`,
    userMessage: { key: "vm.is_saved" },
    details: { state: live.state },
  });
}

/**
 * Throws `vm.bad_state` while the VM is in rescue: its definition is one that goes again, so
 * that changes of it would be lost. The same for a template, see `refuseTemplate`.
 */
export function refuseHeld(vm: Vm, { evenTemplate = false } = {}): void {
  if (!evenTemplate) refuseTemplate(vm);
  if (vm.rescuedAt === null) return;
  throw new AppError({
    code: "vm.bad_state",
    message: `vm ${vm.id} is in rescue`,
    userMessage: { key: "rescue.is_on" },
  });
}

/** Throws `vm.bad_state` for a template: others may lie on its disks, which must stay as they are. */
export function refuseTemplate({ id, isTemplate }: Pick<Vm, "id" | "isTemplate">): void {
  if (!isTemplate) return;
  throw new AppError({
    code: "vm.bad_state",
    message: `vm ${id} is a template`,
    userMessage: { key: "template.is_one" },
  });
}
