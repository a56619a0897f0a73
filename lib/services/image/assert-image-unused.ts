import type { Db } from "@/lib/db/client";
import type { Hosts } from "@/lib/hypervisor/types";
import { AppError, type UserMessage } from "@/lib/model/errors";
import { findImageUsers } from "./image-users";

interface ImageRow {
  id: string;
  projectId: string;
  pool: string | null;
  volume: string | null;
}

/**
 * Throws `vm.bad_state` with the names of the project's VMs that have the image in a drive, or
 * whose snapshots were taken with it there.
 */
export async function assertImageUnused(db: Db, hosts: Hosts, image: ImageRow): Promise<void> {
  const { live, creating, snapshots } = await findImageUsers(db, hosts, image);
  if (live.length + creating.length + snapshots.length === 0) return;
  const uuids = [...live, ...snapshots.map(({ uuid }) => uuid)];
  // Of other projects it says only how many there are.
  const vms = await db.vm.findMany({
    where: { uuid: { in: uuids }, projectId: image.projectId },
    select: { uuid: true, name: true },
  });
  const nameOf = new Map(vms.map((vm) => [vm.uuid, vm.name]));
  if (live.length + creating.length > 0) {
    const names = live.flatMap((uuid) => nameOf.get(uuid) ?? []);
    throw refusal(image.id, "image.in_use", [...names, ...creating], live.length + creating.length);
  }
  const names = snapshots.flatMap(({ uuid, name }) => {
    const vm = nameOf.get(uuid);
    return vm === undefined ? [] : [`${vm}: ${name}`];
  });
  throw refusal(image.id, "image.in_snapshot", names, snapshots.length);
}

function refusal(id: string, key: UserMessage["key"], names: string[], count: number): AppError {
  const values = { names: [...new Set(names)].slice(0, 5).join(", ") || "?", count };
  return new AppError({
    code: "vm.bad_state",
    message: `image ${id} is needed: ${key}`,
    userMessage: { key, values },
  });
}
