import type { DomainSpec } from "@/lib/hypervisor/types";
import { defineVm } from "@/lib/hypervisor/vm/define-vm";
import { startVm } from "@/lib/hypervisor/vm/start-vm";
import { undefineVm } from "@/lib/hypervisor/vm/undefine-vm";
import { requireHost } from "@/lib/services/host/require-host";
import type { Step } from "./handler";
import { ensureOff } from "./vm-off";

interface NewDomain {
  hostId: string;
  spec: DomainSpec;
  /** Whether it starts at once. */
  start: boolean;
}

/** Defines a VM that was planned whole, by whatever task its disks came. */
export const defineNew: Step<NewDomain> = {
  async run({ hosts }, { hostId, spec }) {
    await defineVm(requireHost(hosts, hostId), spec);
  },
  async undo({ hosts }, { hostId, spec }) {
    await undefineVm(requireHost(hosts, hostId), spec.uuid);
  },
};

/** Starts it where that is wanted. */
export const startNew: Step<NewDomain> = {
  async look({ hosts }, { hostId, spec }) {
    const live = await requireHost(hosts, hostId).inventory.refresh(spec.uuid);
    return live?.state === "running";
  },
  async run({ hosts }, { hostId, spec, start: wanted }) {
    if (wanted) await startVm(requireHost(hosts, hostId), spec.uuid);
  },
  async undo({ hosts }, { hostId, spec }) {
    await ensureOff(requireHost(hosts, hostId), spec.uuid);
  },
};
