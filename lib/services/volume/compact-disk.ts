import type { Context } from "../context";
import { rewriteDisk } from "./rewrite-disk";

/**
 * Enqueues the rewriting of a VM's qcow2 disk without what it does not use. Throws what
 * `rewriteDisk` does, and `conflict.rule` for a raw one.
 */
export function compactDisk(
  ctx: Context,
  input: { vmId: string; target: string; keepOld: boolean },
): Promise<{ taskId: string }> {
  return rewriteDisk(ctx, "disk.compact", { ...input, format: "qcow2", copy: false });
}
