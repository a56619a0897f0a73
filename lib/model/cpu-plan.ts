import {
  type CpuAsked,
  type CpuChoices,
  cpuModes,
  DEFAULT_CPU,
  type ReadCpu,
  vcpusOf,
  type WantedCpu,
} from "./cpu";
import type { UserMessage } from "./errors";
import { vcpuLimit } from "./headroom";
import type { ResizeWhen } from "./resize-plan";
import type { VirtType, VmSizes } from "./vm";
import { vmLimits } from "./vm-limits";
import type { VmState } from "./vm-state";

export interface CpuHolder {
  state: VmState;
  virtType: VirtType;
  /** Of the next start. */
  next: Pick<VmSizes, "vcpus" | "maxVcpus">;
  cpu: { next: ReadCpu };
}

export interface CpuPlan {
  /** `now` on a VM that is off means: at its next start anyway. */
  when: ResizeWhen;
  /** Why not, a message of `errors`; then nothing is done. */
  problem: UserMessage | null;
  /** Whether the values themselves are to blame, rather than the VM's state. */
  invalid: boolean;
  maxVcpus: number;
  cpu: WantedCpu;
}

const offStates: readonly VmState[] = ["off", "crashed"];
const fixedStates: readonly VmState[] = ["creating", "deleting", "missing", "unknown"];

/**
 * What another maximum, topology or model will do. Pure: the form shows it beforehand and the
 * server acts on it. `cpuCount` is 0
 * where it is not known, which lifts that bound.
 */
export function planCpu(
  vm: CpuHolder,
  asked: CpuAsked,
  host: { cpuCount: number; choices: CpuChoices },
): CpuPlan {
  const { maxVcpus, sockets, cores, threads } = asked;
  const before = vm.cpu.next;
  const chosen = modelOf(asked.model, vm.virtType) ?? before.model;
  const model = chosen === before.model ? null : chosen;
  const plan = { maxVcpus, cpu: { topology: { sockets, cores, threads }, model } };
  const values = badValues(vm, asked, model, host);
  if (values !== null) return { ...plan, when: "refused", problem: values, invalid: true };
  const state = badState(vm, maxVcpus);
  if (state !== null) return { ...plan, when: "refused", problem: state, invalid: false };
  const fine = { ...plan, problem: null, invalid: false };
  const was = before.topology ?? { sockets: vm.next.maxVcpus, cores: 1, threads: 1 };
  const same =
    maxVcpus === vm.next.maxVcpus &&
    was.sockets === sockets &&
    was.cores === cores &&
    was.threads === threads &&
    model === null;
  if (same) return { ...fine, when: "unchanged" };
  return { ...fine, when: offStates.includes(vm.state) ? "now" : "next_boot" };
}

/** The model that is meant; null: as it is. A new VM gets all that its host can give. */
function modelOf(asked: string | undefined, virtType: VirtType): string | null {
  if (asked !== DEFAULT_CPU) return asked ?? null;
  return virtType === "kvm" ? "host-passthrough" : "maximum";
}

function badValues(
  vm: CpuHolder,
  asked: CpuAsked,
  model: string | null,
  { cpuCount, choices }: { cpuCount: number; choices: CpuChoices },
): UserMessage | null {
  const { maxVcpus } = asked;
  const { min, max } = vmLimits.vcpus;
  const counts = [maxVcpus, asked.sockets, asked.cores, asked.threads];
  if (counts.some((each) => !Number.isInteger(each) || each < min || each > max)) {
    return { key: "cpu.counts", values: { min, max } };
  }
  const product = vcpusOf(asked);
  if (product !== maxVcpus) return { key: "cpu.product", values: { product, max: maxVcpus } };
  const limit = vcpuLimit(cpuCount);
  if (limit > 0 && maxVcpus > limit && maxVcpus > vm.next.maxVcpus) {
    return { key: "cpu.above_host", values: { max: limit } };
  }
  if (model === null || [...choices.modes, ...choices.models].includes(model)) return null;
  if (model === "host-passthrough" && vm.virtType !== "kvm") return { key: "cpu.needs_kvm" };
  const mode = cpuModes.some((each) => each === model);
  return { key: mode ? "cpu.mode_unusable" : "cpu.model_unusable", values: { model } };
}

function badState(vm: CpuHolder, maxVcpus: number): UserMessage | null {
  if (fixedStates.includes(vm.state)) return { key: "vm.bad_state" };
  if (vm.state === "saved") return { key: "vm.is_saved" };
  if (maxVcpus >= vm.next.vcpus) return null;
  return { key: "cpu.below_current", values: { current: vm.next.vcpus } };
}
