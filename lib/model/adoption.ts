import { z } from "zod";
import type { UnusualPart } from "./definition";
import type { UserMessage } from "./errors";
import type { QuotaLine } from "./quota";
import { type Firmware, vmNameSchema } from "./vm";

/** Which machine that was made elsewhere becomes whose. */
export const adoptionSchema = z.strictObject({
  hostId: z.string().min(1).max(40),
  uuid: z.uuid(),
  projectId: z.string().min(1).max(40),
  /** Absent: what its host calls it. */
  name: vmNameSchema.optional(),
  /** Whether one that its host would forget when it is off gets a definition that stays. */
  makePersistent: z.boolean().optional(),
});
export type AdoptionInput = z.infer<typeof adoptionSchema>;

/** A disk that becomes one of the project's. */
export interface AdoptionDisk {
  target: string;
  format: string | null;
  /** Null: it lies in no pool of its host. */
  pool: string | null;
  volume: string | null;
  /** Null: the pool has no such file. */
  capacityBytes: number | null;
}

/** What an adoption would do. Nothing of it is done yet. */
export interface AdoptionPlan {
  hostId: string;
  uuid: string;
  domainName: string;
  /** What the project would call it. */
  name: string;
  /** Whether its host forgets it when it is off. */
  transient: boolean;
  firmware: Firmware;
  vcpus: number;
  memoryKib: number;
  disks: AdoptionDisk[];
  /** What its definition has beyond what Portico makes; it stays. */
  unusual: UnusualPart[];
  quota: QuotaLine[];
  /** Each is enough for nothing at all to be done. */
  problems: UserMessage[];
  possible: boolean;
}

/** What a disk is looked at for. */
export interface JudgedDisk extends AdoptionDisk {
  /** Whether a row of the portal has the same file. */
  known: boolean;
  /** Another domain of the host with the same file. */
  sharedWith: string | null;
}

/**
 * Why a machine cannot be adopted. Every disk must be a file of its own in a pool of its host: of
 * anything else the portal could neither tell the size nor make snapshots, backups or copies, and
 * deleting one VM must not take another one's data.
 */
export function adoptionProblems(
  { transient, makePersistent }: { transient: boolean; makePersistent: boolean },
  disks: readonly JudgedDisk[],
): UserMessage[] {
  const problems = disks.flatMap((disk) => problemOf(disk) ?? []);
  return transient && !makePersistent ? [{ key: "adopt.transient" }, ...problems] : problems;
}

function problemOf(disk: JudgedDisk): UserMessage | null {
  const { target, pool, volume, sharedWith } = disk;
  if (pool === null || volume === null) return { key: "adopt.outside", values: { target } };
  const values = { target, pool, volume };
  if (disk.capacityBytes === null) return { key: "adopt.no_file", values };
  if (disk.format !== "qcow2" && disk.format !== "raw") {
    return { key: "adopt.format", values: { target, format: disk.format ?? "?" } };
  }
  if (disk.known) return { key: "adopt.known_disk", values };
  if (sharedWith !== null) return { key: "adopt.shared", values: { ...values, name: sharedWith } };
  return null;
}
