import { getVmTuning } from "../../tuning/get-vm-tuning";
import { tuneVm } from "../../tuning/tune-vm";
import { getPinning } from "../../vm/get-pinning";
import { pinVm } from "../../vm/pin-vm";
import type { PlayedOnVm, Verbs } from "./move";

/** Where a VM's threads run, and what its memory is made of. */
export const placeVerbs = {
  pin: async ({ ctx, vm, which, size, flag }) => {
    const { cells, next } = await getPinning(ctx, { vmId: vm.id });
    const [cpu = 0] = cells.flatMap(({ cores }) => cores.flatMap(({ cpus }) => cpus));
    const cpus = flag ? [cpu] : null;
    // Now and then one more than there are, which is refused.
    const count = Math.min(size + Math.floor(which / 7), next.vcpus.length + 1);
    const vcpus = Array.from({ length: count }, (_none, vcpu) => ({ vcpu, cpus }));
    return pinVm(ctx, { vmId: vm.id, vcpus, ...(which % 2 === 0 && { emulator: cpus }) });
  },
  tune: async ({ ctx, vm, which, size, flag }) => {
    const { next } = await getVmTuning(ctx, { vmId: vm.id });
    const ioThreads = flag ? size : 0;
    const thread = (at: number) => (ioThreads === 0 ? null : 1 + (at % ioThreads));
    const disks = next.disks.map(({ target }, at) => ({ target, ioThread: thread(at) }));
    // There is no pool of huge pages: it is refused.
    const hugePages = which === 7;
    return tuneVm(ctx, {
      ...{ vmId: vm.id, hugePages, ioThreads, disks },
      memoryCells: which % 2 === 0 ? [0] : null,
    });
  },
} satisfies Verbs<PlayedOnVm>;
