import type { DiskView } from "@/lib/model/disk";
import type { Context } from "../context";
import { findDisk } from "./find-disk";
import { toDiskView } from "./to-disk-view";

/** One disk of the project; another tenant's, or another project's, is `not_found`. */
export async function getDisk(
  ctx: Context,
  input: { projectId: string; diskId: string },
): Promise<DiskView> {
  return toDiskView(ctx, await findDisk(ctx, input, "disk.read"));
}
