/** A thread of QEMU, by the name that QEMU gave it. */
export interface ThreadView {
  tid: number;
  /** "CPU 0/KVM", "IO iothread1"…: at most 15 bytes, as the kernel keeps it. */
  name: string;
  /** CPU time since its start. */
  cpuSeconds: number;
  /** The host's CPUs that it may run on, as the kernel writes them: "0-3,8". */
  allowedCpus: string;
}

/** A running guest as the process that it is on its host. */
export interface ProcessView {
  vmId: string;
  pid: number;
  /** The account it runs as; a number where it has no name. */
  user: string;
  startedAt: string;
  /** Program and arguments. */
  command: string[];
  /** Memory in the host's RAM now, and the most so far. */
  residentKib: number;
  peakResidentKib: number;
  /** Paged out. */
  swappedKib: number;
  cpuUserSeconds: number;
  cpuSystemSeconds: number;
  /** By number of their thread; the first few hundred of them. */
  threads: ThreadView[];
  threadCount: number;
  /** Null where the portal's account may not see them. */
  open: { total: number; sockets: number; files: string[] } | null;
  /** Path below /sys/fs/cgroup; null without one. */
  cgroup: string | null;
  /** The same by hand. */
  commands: string[];
}
