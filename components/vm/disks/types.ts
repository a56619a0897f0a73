import type { ActionResult } from "@/lib/model/result";
import type { DiskFormat } from "@/lib/model/vm";

type TaskStarted = Promise<ActionResult<{ taskId: string }>>;

export type AddDiskAction = (input: {
  vmId: string;
  sizeGib: number;
  format: DiskFormat;
}) => TaskStarted;

export type GrowDiskAction = (input: {
  vmId: string;
  target: string;
  sizeGib: number;
}) => TaskStarted;

/** What the page hands to the section of a VM's disks. */
export interface DiskActions {
  add: AddDiskAction;
  grow: GrowDiskAction;
}
