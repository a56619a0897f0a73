import type { Vm } from "@/lib/db/generated/client";
import { hostTopology } from "@/lib/hypervisor/host-topology";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { cpusOf, type PinnedNeighbour, type PinningView, type Pins } from "@/lib/model/pinning";
import { virshLine } from "@/lib/model/virsh-line";
import type { Context } from "../context";
import { findVm, requireLive } from "./find-vm";

/**
 * The processors of a VM's host, what its threads are bound to, and what others are: for
 * administrators and auditors. Throws `vm.bad_state` while it is being made or deleted, and
 * `host.*` errors.
 */
export async function getPinning(ctx: Context, input: { vmId: string }): Promise<PinningView> {
  const row = await findVm(ctx, input.vmId, "vm.process");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  return pinningOf(row, host, live);
}

/** The same of a VM that is looked at already. */
export async function pinningOf(row: Vm, host: Host, live: LiveVm): Promise<PinningView> {
  const cells = await hostTopology(host);
  const all = cpusOf(cells);
  const name = live.domainName;
  return {
    vmId: row.id,
    cells,
    now: live.pins.now && bound(live.pins.now, all),
    next: bound(live.pins.next, all),
    neighbours: neighboursOf(host, live, all),
    commands: [
      virshLine(["capabilities"]),
      virshLine(["vcpupin", name]),
      virshLine(["emulatorpin", name]),
    ],
  };
}

/** Who is bound to every CPU of the host is bound to none. */
function bound({ vcpus, emulator }: Pins, all: readonly number[]): Pins {
  const some = (cpus: number[] | null) =>
    cpus === null || all.every((cpu) => cpus.includes(cpu)) ? null : cpus;
  return { vcpus: vcpus.map(some), emulator: some(emulator) };
}

function neighboursOf(host: Host, vm: LiveVm, all: readonly number[]): PinnedNeighbour[] {
  return host.inventory
    .list()
    .filter((each) => each.uuid !== vm.uuid)
    .map(({ title, domainName, pins }) => {
      const { vcpus, emulator } = bound(pins.now ?? pins.next, all);
      const cpus = [...vcpus, emulator].flatMap((set) => set ?? []);
      return { name: title ?? domainName, cpus: [...new Set(cpus)].sort((a, b) => a - b) };
    })
    .filter(({ cpus }) => cpus.length > 0);
}
