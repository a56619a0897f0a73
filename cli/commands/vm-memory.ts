import type { OperationResult } from "@/lib/api/spec/operations";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import { showKib } from "../sizes";

type Memory = OperationResult<"getVmMemory">;

const said: Record<Memory["balloon"], string> = {
  none: "the VM has no balloon",
  not_asked: "nobody asks the guest",
  silent: "no driver in the guest answers",
  told: "the guest tells",
};

export const vmMemory: Command = {
  path: ["vm", "memory"],
  summary: "show a running guest's memory, as its balloon tells it",
  args: [{ name: "VM", completes: "vm" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, ctx.args.VM ?? "");
    const memory = await client.call("getVmMemory", { vmId });
    if (ctx.print.json) return ctx.print.object(memory);
    const { figures, balloon, periodSeconds, toldAt } = memory;
    const kib = (size: number | null) => (size === null ? "not told" : showKib(size));
    ctx.print.object({
      balloon:
        periodSeconds > 0 ? `${said[balloon]}, asked every ${periodSeconds} s` : said[balloon],
      told: toldAt ?? "never",
      actual: kib(figures.actualKib),
      available: kib(figures.availableKib),
      usable: kib(figures.usableKib),
      unused: kib(figures.unusedKib),
      "disk caches": kib(figures.diskCachesKib),
      "swapped in": kib(figures.swapInKib),
      "swapped out": kib(figures.swapOutKib),
      "major faults": figures.majorFaults ?? "not told",
      "minor faults": figures.minorFaults ?? "not told",
      resident: kib(figures.residentKib),
    });
  },
};
