import { z } from "zod";
import type { UserMessage } from "../errors";
import type { Qcow2Header } from "./qcow2-header";

/** Where a VM has a disk, as libvirt names the place. */
export const diskTargetSchema = z.string().regex(/^[a-z]{2,3}[a-z0-9]{1,4}$/);

/** Sizes in bytes. */
export interface FileSizes {
  /** As the guest sees it. */
  capacityBytes: number;
  /** What it takes of its pool. */
  allocationBytes: number;
  /** Length of the file, holes included; null where the host does not say. */
  physicalBytes: number | null;
}

/** What a VM's disk lies in: what `qemu-img info` tells, as far as libvirt lets it be known. */
export interface DiskFileView extends FileSizes {
  vmId: string;
  target: string;
  pool: string;
  volume: string;
  /** What the VM takes the file for. */
  format: string | null;
  /** What the host's list of volumes takes it for: another one only when somebody meddled. */
  listedFormat: string | null;
  /** The same sizes as the running QEMU has them; null while the VM is off. */
  running: FileSizes | null;
  compat: string | null;
  features: string[];
  encryption: string | null;
  clusterBytes: number | null;
  /** The files below, next first. */
  chain: { name: string; format: string | null }[];
  /** What only the file's own start tells; null for a raw one, or where it could not be read. */
  header: Qcow2Header | null;
  /** Why there is no header. */
  headerProblem: UserMessage | null;
  /** The format that the start of a raw file looks like: the guest may have written it. */
  looksLike: string | null;
  /** The same by hand. */
  commands: string[];
}

/** What a check of a qcow2 file found; nothing is repaired by it. */
export interface DiskCheckView {
  /** Places where the tables contradict each other: data may be lost. */
  corruptions: number;
  /** Clusters that are taken and not used. */
  leaks: number;
  leakedBytes: number;
  /** What the guest has written. */
  dataBytes: number;
  /** Whether the file says that its counts are late: then they are wrong until the next start. */
  dirty: boolean;
}
