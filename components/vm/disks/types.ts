import type { DiskLimits } from "@/lib/model/disk-limits";
import type { DiskSettingsAsked } from "@/lib/model/disk-settings";
import type { DiskSettingsPlan } from "@/lib/model/disk-settings-plan";
import type { ActionResult } from "@/lib/model/result";
import type { DiskFormat, VmDetail } from "@/lib/model/vm";

type TaskStarted = Promise<ActionResult<{ taskId: string }>>;

export type AddDiskAction = (input: {
  vmId: string;
  sizeGib: number;
  format: DiskFormat;
  suffix: string;
}) => TaskStarted;

export type AttachDiskAction = (input: { vmId: string; diskId: string }) => TaskStarted;

export type GrowDiskAction = (input: {
  vmId: string;
  target: string;
  sizeGib: number;
}) => TaskStarted;

export type DetachDiskAction = (input: {
  vmId: string;
  target: string;
  remove: boolean;
  confirmName: string;
}) => TaskStarted;

export type LimitDiskAction = (
  input: { vmId: string; target: string } & DiskLimits,
) => Promise<ActionResult<VmDetail>>;

type OfSettings = DiskSettingsAsked & { vmId: string; target: string };

export type PlanSettingsAction = (
  input: OfSettings,
) => Promise<ActionResult<DiskSettingsPlan & { directIo: boolean | null }>>;

export type SetSettingsAction = (input: OfSettings) => Promise<ActionResult<VmDetail>>;

/** What the page hands to the section of a VM's disks. */
export interface DiskActions {
  add: AddDiskAction;
  attach: AttachDiskAction;
  grow: GrowDiskAction;
  detach: DetachDiskAction;
  setLimits: LimitDiskAction;
  planSettings: PlanSettingsAction;
  setSettings: SetSettingsAction;
}
