import type { Db } from "@/lib/db/client";
import type { Hosts } from "@/lib/hypervisor/types";
import { vmCreate } from "@/lib/tasks/definitions/vm-create";

interface ImageRef {
  id: string;
  pool: string | null;
  volume: string | null;
}

/** What has an image in a drive now, or will have when a creation that runs has ended. */
export interface ImageUsers {
  /** Libvirt UUIDs. */
  live: string[];
  /** Names of VMs that are being created from it. */
  creating: string[];
}

/** Image id → how many drives hold it, for a whole list at once. */
export function countImageUsers(hosts: Hosts, images: readonly ImageRef[]): Map<string, number> {
  const drives = new Map<string, number>();
  for (const host of hosts.list()) {
    for (const vm of host.inventory.list()) {
      for (const disk of vm.disks) {
        const key = `${disk.pool}/${disk.volume}`;
        if (disk.volume !== null) drives.set(key, (drives.get(key) ?? 0) + 1);
      }
    }
  }
  return new Map(images.map((each) => [each.id, drives.get(`${each.pool}/${each.volume}`) ?? 0]));
}

/** Who would miss the image. Drives of domains that Portico did not make count too. */
export async function findImageUsers(db: Db, hosts: Hosts, image: ImageRef): Promise<ImageUsers> {
  const live = hosts.list().flatMap((host) =>
    host.inventory
      .list()
      .filter((vm) =>
        vm.disks.some(
          (disk) =>
            disk.volume !== null && disk.pool === image.pool && disk.volume === image.volume,
        ),
      )
      .map((vm) => vm.uuid),
  );
  const tasks = await db.task.findMany({
    where: { kind: vmCreate.kind, state: { in: ["queued", "running", "unknown"] } },
    select: { input: true, targetName: true },
  });
  const creating = tasks
    .filter((task) => vmCreate.input.parse(JSON.parse(task.input)).imageId === image.id)
    .map((task) => task.targetName);
  return { live, creating };
}
