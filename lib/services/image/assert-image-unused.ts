import type { Db } from "@/lib/db/client";
import type { Hosts } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";
import { findImageUsers } from "./image-users";

/** Throws `vm.bad_state` with the names of the project's VMs that have the image in a drive. */
export async function assertImageUnused(
  db: Db,
  hosts: Hosts,
  image: { id: string; projectId: string; pool: string | null; volume: string | null },
): Promise<void> {
  const { live, creating } = await findImageUsers(db, hosts, image);
  if (live.length + creating.length === 0) return;
  const vms = await db.vm.findMany({
    where: { uuid: { in: live }, projectId: image.projectId },
    select: { name: true },
  });
  const names = [...new Set([...vms.map((vm) => vm.name), ...creating])];
  throw new AppError({
    code: "vm.bad_state",
    message: `image ${image.id} is in a drive`,
    userMessage: {
      key: "image.in_use",
      values: { names: names.slice(0, 5).join(", ") || "?", count: live.length + creating.length },
    },
  });
}
