import type { Context } from "../context";
import { type RewriteDiskInput, rewriteDisk } from "./rewrite-disk";

/**
 * Enqueues the writing of a VM's disk in another format, or of a copy in any. Throws what
 * `rewriteDisk` does, and `conflict.rule` when the disk has that format already.
 */
export function convertDisk(ctx: Context, input: RewriteDiskInput): Promise<{ taskId: string }> {
  return rewriteDisk(ctx, "disk.convert", input);
}
