import type { Db } from "@/lib/db/client";
import type { Hosts, LiveVm, Place } from "@/lib/hypervisor/types";
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
  /** Snapshots that were taken with it in a drive: going back to one would not find it. */
  snapshots: { uuid: string; name: string }[];
}

/** What a VM has in its drives now or at its next start, as "pool/volume". */
function volumesOf({ disks, nextDisks }: Pick<LiveVm, "disks" | "nextDisks">): Set<string> {
  return keysOf([...disks, ...nextDisks]);
}

function keysOf(places: readonly Place[]): Set<string> {
  const filled = places.filter(({ volume }) => volume !== null);
  return new Set(filled.map(({ pool, volume }) => `${pool}/${volume}`));
}

/** Image id → how many VMs have it in a drive, for a whole list at once. */
export function countImageUsers(hosts: Hosts, images: readonly ImageRef[]): Map<string, number> {
  const holders = new Map<string, number>();
  for (const host of hosts.list()) {
    for (const vm of host.inventory.list()) {
      for (const key of volumesOf(vm)) holders.set(key, (holders.get(key) ?? 0) + 1);
    }
  }
  return new Map(images.map((each) => [each.id, holders.get(`${each.pool}/${each.volume}`) ?? 0]));
}

/** Who would miss the image. Drives of domains that Portico did not make count too. */
export async function findImageUsers(db: Db, hosts: Hosts, image: ImageRef): Promise<ImageUsers> {
  const key = `${image.pool}/${image.volume}`;
  const vms = hosts.list().flatMap((host) => host.inventory.list());
  const live = vms.filter((vm) => volumesOf(vm).has(key)).map((vm) => vm.uuid);
  const snapshots = vms.flatMap(({ uuid, snapshots: all }) =>
    all.filter(({ media }) => keysOf(media).has(key)).map(({ name }) => ({ uuid, name })),
  );
  const tasks = await db.task.findMany({
    where: { kind: vmCreate.kind, state: { in: ["queued", "running", "unknown"] } },
    select: { input: true, targetName: true },
  });
  const creating = tasks
    .filter((task) => vmCreate.input.parse(JSON.parse(task.input)).imageId === image.id)
    .map((task) => task.targetName);
  return { live, creating, snapshots };
}
