import type { ActionResult } from "@/lib/model/result";

export type DeleteDiskAction = (input: {
  diskId: string;
}) => Promise<ActionResult<{ taskId: string }>>;
