import type { LiveEvent } from "@/lib/model/live-event";
import type { Context } from "../context";
import { hostNotices } from "../host/host-notice";
import { listImages } from "../image/list-images";
import { listTasks } from "../task/list-tasks";
import { listVms } from "../vm/list-vms";

const shownTasks = 50;

/**
 * Everything that a page of the project shows, as it is now; opens every event stream. Without a
 * project only what there is outside of projects.
 */
export async function snapshot(
  ctx: Context,
  projectId: string | null,
): Promise<Extract<LiveEvent, { type: "snapshot" }>> {
  if (projectId === null) {
    return { type: "snapshot", vms: [], tasks: [], images: [], hosts: await hostNotices(ctx) };
  }
  const [vms, tasks, images, hosts] = await Promise.all([
    listVms(ctx, { projectId }),
    listTasks(ctx, { projectId, limit: shownTasks }),
    listImages(ctx, { projectId }),
    hostNotices(ctx),
  ]);
  return { type: "snapshot", vms, tasks, images, hosts };
}
