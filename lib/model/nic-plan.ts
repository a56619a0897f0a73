import type { UserMessage } from "./errors";
import type { NicModel, VmNicView } from "./nic";
import type { VmState } from "./vm-state";

/** Network cards that one VM may have. */
export const nicsPerVm = 8;

/** What a network card's verbs plan by: the VM as its host reports it. */
export interface NicHolder {
  state: VmState;
  machine: string | null;
  /** Ports left in the running guest; null where nobody counts them. */
  freePorts: number | null;
  /** Cards that it has now or at its next start. */
  nics: readonly unknown[];
}

export interface NicPlan {
  /** Also in the running guest; else at the next start alone. */
  live: boolean;
  /** Why not; then nothing is done. */
  problem: UserMessage | null;
}

const offStates: readonly VmState[] = ["off", "crashed"];
const fixedStates: readonly VmState[] = ["creating", "deleting", "missing", "unknown"];
/** Cards for the older bus, which a q35 machine gives no place to while it runs. */
const conventional: readonly NicModel[] = ["e1000", "rtl8139"];

/** What adding a card will do. Pure: the form shows it beforehand and the server acts on it. */
export function planAddNic(vm: NicHolder, model: NicModel): NicPlan {
  const runs = !offStates.includes(vm.state);
  const live = runs && !(vm.machine?.includes("q35") && conventional.includes(model));
  return { live, problem: addProblem(vm, live) };
}

function addProblem(vm: NicHolder, live: boolean): UserMessage | null {
  if (fixedStates.includes(vm.state)) return { key: "nic.not_now" };
  if (vm.state === "saved") return { key: "vm.is_saved" };
  if (vm.nics.length >= nicsPerVm) return { key: "nic.too_many", values: { limit: nicsPerVm } };
  if (live && vm.freePorts === 0) return { key: "vm.no_port" };
  return null;
}

/** Why a card cannot be taken out now; null when it can. Only a guest that runs lets one go. */
export function removeNicProblem(
  vm: Pick<NicHolder, "state">,
  nic: Pick<VmNicView, "when">,
): UserMessage | null {
  if (fixedStates.includes(vm.state)) return { key: "nic.not_now" };
  if (vm.state === "saved") return { key: "vm.is_saved" };
  const held = vm.state === "paused" && nic.when !== "next_boot";
  return held ? { key: "vm.first_resume" } : null;
}

/** Why a card cannot be held to limits; null when it can. */
export function limitNicProblem(nic: Pick<VmNicView, "network">): UserMessage | null {
  return nic.network === "user" ? { key: "nic.user_limits" } : null;
}
