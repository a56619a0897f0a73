import { z } from "zod";
import type { Amounts, Quota } from "./quota";

/** Where a VM goes. */
export const transferVmSchema = z.strictObject({ toProjectId: z.string().min(1).max(40) });
export type TransferVmInput = z.infer<typeof transferVmSchema>;

/** A project that a VM can be given to. */
export interface TransferTarget {
  id: string;
  slug: string;
  name: string;
}

/** What goes along when a VM changes its project, and what that takes there. */
export interface TransferPlan {
  /** Projects in which the person may take it, by name. */
  targets: TransferTarget[];
  disks: number;
  snapshots: number;
  backups: number;
  /** Networks that its cards are in. */
  networks: string[];
  hasLease: boolean;
  /** What the VM counts, with its snapshots and backups. */
  asked: Partial<Amounts>;
  /** Of the project that was asked about; null when none was. */
  quota: Quota | null;
  /** Days that this project gives a VM which has no lease yet; null: none. */
  leaseDays: number | null;
}
