import type { Vm } from "@/lib/db/generated/client";
import { askBalloon } from "@/lib/hypervisor/guest/ask-balloon";
import { readMemory } from "@/lib/hypervisor/guest/read-memory";
import type { Host } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";
import type { MemoryView } from "@/lib/model/guest/memory";
import { virshLine } from "@/lib/model/virsh-line";
import { can } from "@/lib/policies/can";
import { audited } from "../audited";
import type { Context } from "../context";
import { findVm, requireLive } from "./find-vm";

/**
 * A running guest's memory as its balloon tells it. A balloon that nobody asks (made by virsh
 * without a period) is asked from now on, when the one who looks may change the VM's memory; else
 * it is shown as it is. Throws `vm.bad_state` when the VM is off, `host.timeout` while its QEMU
 * does not answer, and other `host.*` errors.
 */
export async function getMemory(ctx: Context, input: { vmId: string }): Promise<MemoryView> {
  const row = await findVm(ctx, input.vmId, "vm.read");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  if (live.bootId === null) {
    throw new AppError({
      code: "vm.bad_state",
      message: `vm ${row.id} is off`,
      userMessage: { key: "guest.is_off" },
    });
  }
  // Whoever waits for a QEMU that hangs holds up the calls of others.
  if (live.stale) throw new AppError({ code: "host.timeout", message: `vm ${row.id} hangs` });
  const commands = [virshLine(["dommemstat", live.domainName])];
  const read = await readMemory(host, row.uuid);
  const mayAsk = can(ctx.actor, "vm.resize", row.projectId);
  if (read.balloon !== "not_asked" || !mayAsk) return { vmId: row.id, ...read, commands };
  await ask(ctx, row, host);
  return { vmId: row.id, ...(await readMemory(host, row.uuid)), commands };
}

async function ask(ctx: Context, row: Vm, host: Host): Promise<void> {
  const { id, projectId, name, uuid } = row;
  const target = { projectId, targetType: "vm", targetId: id, targetName: name } as const;
  await audited(ctx, { action: "vm.ask_balloon", ...target }, () => askBalloon(host, uuid));
}
