import type { ActionResult } from "@/lib/model/result";
import type { DiskFormat } from "@/lib/model/vm";
import type { DiskCheckView } from "@/lib/model/volume/disk-file";

/** What the page hands to its cards: its server actions. */
export type ConvertAction = (input: {
  vmId: string;
  target: string;
  format: DiskFormat;
  copy: boolean;
  keepOld: boolean;
}) => Promise<ActionResult<{ taskId: string }>>;

export type CompactAction = (input: {
  vmId: string;
  target: string;
  keepOld: boolean;
}) => Promise<ActionResult<{ taskId: string }>>;

export type CheckAction = (input: {
  vmId: string;
  target: string;
}) => Promise<ActionResult<DiskCheckView>>;
