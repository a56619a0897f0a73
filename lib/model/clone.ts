import { z } from "zod";
import type { UserMessage } from "./errors";
import type { Amounts, Quota } from "./quota";
import { type DiskFormat, type Firmware, vmDescriptionSchema, vmNameSchema } from "./vm";
import { type RewriteOf, rewriteProblem } from "./volume/convert-plan";

/** What a person says of the new VM; everything else is as in the one that is cloned. */
export const cloneVmSchema = z.strictObject({
  name: vmNameSchema,
  description: vmDescriptionSchema,
  /** Whether its disks lie on those of the template that is cloned, and hold what differs. */
  linked: z.boolean(),
});
export type CloneVmInput = z.infer<typeof cloneVmSchema>;

/** A disk that is copied for the new VM. */
export interface CloneDiskView {
  target: string;
  format: DiskFormat;
  capacityBytes: number;
  /** What its file takes, and so at most what is to be copied. */
  allocationBytes: number;
}

/** What a clone would be, and what it would take of the project's quota. */
export interface ClonePlan {
  /** What libvirt calls the VM that is cloned. */
  domainName: string;
  disks: CloneDiskView[];
  /** Cards that get an address of their own. */
  nics: number;
  firmware: Firmware;
  vcpus: number;
  memoryKib: number;
  asked: Partial<Amounts>;
  quota: Quota;
}

/**
 * Why a disk's file cannot be copied for another VM; null when it can. As for a rewriting, but
 * snapshots inside of the file do not matter: the copy has the content of now, and none of them.
 */
export function cloneProblem(of: RewriteOf): UserMessage | null {
  const { header } = of.file;
  return rewriteProblem({
    ...of,
    hasSnapshots: false,
    file: { ...of.file, header: header && { ...header, snapshots: 0 } },
  });
}
