import { formatCpuSet } from "./cpu-set";
import { virshLine } from "./virsh-line";

/** A core of the host with the CPUs (threads) that share it. */
export interface HostCore {
  socket: number;
  core: number;
  cpus: number[];
}

/** A NUMA cell of the host: memory, and the cores that reach it fastest. */
export interface HostCell {
  cell: number;
  memoryKib: number | null;
  cores: HostCore[];
}

/** The host's CPUs that threads of a guest may run on; null: on all. */
export interface Pins {
  /** By the number of the vCPU. */
  vcpus: (number[] | null)[];
  /** QEMU's own threads besides the vCPUs. */
  emulator: number[] | null;
}

/** What another VM of the host is bound to. */
export interface PinnedNeighbour {
  name: string;
  cpus: number[];
}

/** A VM's place on the processors of its host. */
export interface PinningView {
  vmId: string;
  cells: HostCell[];
  /** Of the running guest; null when it is off. */
  now: Pins | null;
  next: Pins;
  neighbours: PinnedNeighbour[];
  /** The same by hand. */
  commands: string[];
}

/** What is to be bound; what is not named stays. A list of null is all CPUs of the host. */
export interface PinsAsked {
  vcpus: { vcpu: number; cpus: number[] | null }[];
  /** Absent: as it is. */
  emulator?: number[] | null | undefined;
}

/** Every CPU of a host. */
export function cpusOf(cells: readonly HostCell[]): number[] {
  return cells
    .flatMap((cell) => cell.cores.flatMap((core) => core.cpus))
    .sort((left, right) => left - right);
}

/** CPUs of a set that neighbours are bound to as well, with their names. */
export function sharedWith(
  cpus: readonly number[],
  neighbours: readonly PinnedNeighbour[],
): PinnedNeighbour[] {
  return neighbours
    .map(({ name, cpus: theirs }) => ({ name, cpus: theirs.filter((cpu) => cpus.includes(cpu)) }))
    .filter((each) => each.cpus.length > 0);
}

/** What a change stands for: `all` is every CPU of the host, `live` whether the guest runs. */
export function pinCommands(
  domainName: string,
  asked: PinsAsked,
  all: readonly number[],
  live: boolean,
): string[] {
  const where = [live && "--live", "--config"];
  const set = (cpus: number[] | null) => formatCpuSet(cpus ?? all);
  const { emulator } = asked;
  return [
    ...asked.vcpus.map(({ vcpu, cpus }) =>
      virshLine(["vcpupin", domainName, String(vcpu), set(cpus), ...where]),
    ),
    ...(emulator === undefined
      ? []
      : [virshLine(["emulatorpin", domainName, set(emulator), ...where])]),
  ];
}
