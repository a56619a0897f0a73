import { tuneVm as tuneOnHost } from "@/lib/hypervisor/vm/tune-vm";
import { AppError } from "@/lib/model/errors";
import { pagesOf, type TunedParts, tuneProblem, type VmTuning } from "@/lib/model/tuning";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm, requireLive } from "../vm/find-vm";
import { vmTuningOf } from "./get-vm-tuning";

/**
 * Where a VM's memory comes from and which threads serve its disks, from its next start on. For
 * administrators. Throws `conflict.rule` for a cell, disk or thread that there is not and for a pool
 * of huge pages that is too small, `vm.bad_state`, and `host.*` errors.
 */
export async function tuneVm(
  ctx: Context,
  input: TunedParts & { vmId: string },
): Promise<VmTuning> {
  const { vmId, ...asked } = input;
  const row = await findVm(ctx, vmId, "vm.tune");
  const { host, live: known } = requireLive(ctx, row);
  const { hugePages, memoryCells, ioThreads, disks } = asked;
  const after = await audited(
    ctx,
    {
      action: "vm.tune",
      projectId: row.projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: row.name,
      detail: {
        hugePages,
        memoryCells: memoryCells?.join(",") ?? null,
        ioThreads,
        disks: disks.map(({ target, ioThread }) => `${target}=${ioThread ?? "none"}`).join(" "),
      },
    },
    async () => {
      const live = (await host.inventory.refresh(row.uuid)) ?? known;
      const { now, next, pages, cells } = await vmTuningOf(row, host, live);
      const held = now?.hugePages ? pagesOf(live.live.maxMemoryKib) : 0;
      const targets = next.disks.map(({ target }) => target);
      const problem = tuneProblem(asked, { cells, pages, held }, targets);
      if (problem === null) return tuneOnHost(host, row.uuid, asked);
      throw new AppError({
        code: "conflict.rule",
        message: `tuning ${vmId} is refused: ${problem.key}`,
        userMessage: problem,
      });
    },
  );
  publish({ type: "vm", projectId: row.projectId, vmId });
  return vmTuningOf(row, host, after);
}
