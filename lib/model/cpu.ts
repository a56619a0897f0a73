/** Models that are no name: the host's own processor, what libvirt makes of it, all that QEMU can. */
export const cpuModes = ["host-passthrough", "host-model", "maximum"] as const;
export type CpuMode = (typeof cpuModes)[number];
/** What a new VM of this host gets. */
export const DEFAULT_CPU = "default";

/** How a guest sees its vCPUs arranged. */
export interface CpuTopology {
  sockets: number;
  /** Of each socket. */
  cores: number;
  /** Of each core. */
  threads: number;
}

/** Processors as a definition has them. */
export interface ReadCpu {
  /** Null where the definition says none: QEMU makes each vCPU a socket of its own. */
  topology: CpuTopology | null;
  /** A mode, or the name of a model; null where the definition says none. */
  model: string | null;
}

/** What a next start shall have; a model of null stays as it is. */
export interface WantedCpu extends ReadCpu {
  topology: CpuTopology;
}

/** Of what runs (null when it is off), and of the next start. */
export interface CpuView {
  now: ReadCpu | null;
  next: ReadCpu;
}

/** What a VM's host can give it. */
export interface CpuChoices {
  modes: CpuMode[];
  /** Names of models, by name. */
  models: string[];
}

/** What a person asks for. */
export interface CpuAsked extends CpuTopology {
  maxVcpus: number;
  /** A mode, the name of a model, or `default`; absent: as it is. */
  model?: string | undefined;
}

/** vCPUs that a topology has room for. */
export function vcpusOf({ sockets, cores, threads }: CpuTopology): number {
  return sockets * cores * threads;
}
