/** What there is of something on a host, and how often it has been given away. */
export interface Overcommit {
  physical: number;
  /** Held by what runs now; of disk and images: what the files take. */
  running: number;
  /** What all guests of the host, those of others included, may take by themselves. */
  defined: number;
}

export interface HostOvercommit {
  hostId: string;
  name: string;
  vcpus: Overcommit;
  memoryMib: Overcommit;
  diskGib: Overcommit;
}

export interface OvercommitReport {
  hosts: HostOvercommit[];
  /** The limits of all projects together; they are promised on all hosts together. */
  promised: { projects: number; vcpus: number; memoryMib: number; diskGib: number };
}
