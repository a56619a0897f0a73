import type { Quota } from "@/lib/model/quota";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { countQuota } from "./count-quota";

/**
 * What a project may use, uses and has reserved: vCPUs, MiB, GiB and numbers. Everybody who sees
 * the project sees this. Throws `not_found`.
 */
export async function getQuota(ctx: Context, input: { projectId: string }): Promise<Quota> {
  const { id } = await requireProject(ctx, input.projectId, "project.read");
  return countQuota(ctx.db, ctx.hosts, id);
}
