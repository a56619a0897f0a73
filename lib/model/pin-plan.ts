import { formatCpuSet } from "./cpu-set";
import type { UserMessage } from "./errors";
import type { PinsAsked } from "./pinning";
import type { VmSizes } from "./vm";
import type { VmState } from "./vm-state";

export interface PinHolder {
  state: VmState;
  bootId: string | null;
  live: Pick<VmSizes, "maxVcpus">;
  next: Pick<VmSizes, "maxVcpus">;
}

export interface PinPlan {
  /** Also in the running guest; else at the next start alone. */
  live: boolean;
  /** Why not, a message of `errors`; then nothing is done. */
  problem: UserMessage | null;
  /** Whether the values themselves are to blame, rather than the VM's state. */
  invalid: boolean;
}

const fixedStates: readonly VmState[] = ["creating", "deleting", "missing", "unknown"];

/** What binding will do. Pure: the form shows it beforehand and the server acts on it. */
export function planPin(vm: PinHolder, asked: PinsAsked, hostCpus: readonly number[]): PinPlan {
  const live = vm.bootId !== null;
  const values = badValues(vm, asked, hostCpus);
  if (values !== null) return { live, problem: values, invalid: true };
  return { live, problem: badState(vm.state), invalid: false };
}

function badState(state: VmState): UserMessage | null {
  if (fixedStates.includes(state)) return { key: "vm.bad_state" };
  return state === "saved" ? { key: "vm.is_saved" } : null;
}

function badValues(
  { bootId, live, next }: PinHolder,
  { vcpus, emulator }: PinsAsked,
  hostCpus: readonly number[],
): UserMessage | null {
  if (vcpus.length === 0 && emulator === undefined) return { key: "pin.nothing" };
  // In a running guest a vCPU that only its next start has cannot be bound yet, nor the other way.
  const count = bootId === null ? next.maxVcpus : Math.min(live.maxVcpus, next.maxVcpus);
  const beyond = vcpus.find(({ vcpu }) => vcpu >= count);
  if (beyond) return { key: "pin.no_vcpu", values: { vcpu: beyond.vcpu, last: count - 1 } };
  const sets = [...vcpus.map(({ cpus }) => cpus), emulator ?? null].filter((set) => set !== null);
  if (sets.some((set) => set.length === 0)) return { key: "pin.empty" };
  const missing = sets.flat().find((cpu) => !hostCpus.includes(cpu));
  if (missing === undefined) return null;
  return { key: "pin.no_cpu", values: { cpu: missing, all: formatCpuSet(hostCpus) } };
}
