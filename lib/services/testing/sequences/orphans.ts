import { expect } from "vitest";
import { BACKUPS_POOL, DISKS_POOL } from "@/lib/hypervisor/inventory/pools";
import { isOverlayOf } from "@/lib/hypervisor/snapshots/overlay-name";
import { listVolumes } from "@/lib/hypervisor/volumes";
import { reconcile } from "@/lib/tasks/reconcile";
import { silentLog } from "../silent-log";
import type { Scene } from "./move";

/** Files that VMs and backups of the scene had, by what their names begin with. */
const madeFor = /^[pb]-([0-9a-z]{10})[-.]/;

/**
 * No domain and no file that the scene has made is left without a row, but what belongs to those
 * that were let go of; and the reconciler, which looks for the same, finds nothing either.
 */
export async function expectNoOrphans(scene: Scene, owned: readonly string[]): Promise<void> {
  const { ctx, host, projects, released } = scene;
  const projectId = { in: [...projects] };
  const vms = await ctx.db.vm.findMany({ where: { projectId }, select: { id: true } });
  const listed = host.inventory.list().filter((each) => projects.includes(each.projectId ?? ""));
  expect(listed.map(({ vmId }) => vmId).sort()).toEqual(vms.map(({ id }) => id).sort());

  const gone = [...released].map((uuid) => host.inventory.get(uuid));
  const theirs = gone.flatMap((live) => {
    expect(live, "a domain that was let go of").toMatchObject({ vmId: null, projectId: null });
    return [...(live?.disks ?? []), ...(live?.nextDisks ?? [])].map(({ volume }) => volume ?? "");
  });
  const events = await ctx.db.auditEvent.findMany({
    where: { projectId },
    select: { targetId: true },
  });
  const made = new Set(events.map(({ targetId }) => targetId));
  // What a task was to make is named in it: also of one that was undone.
  for (const { input } of await ctx.db.task.findMany({ where: { projectId } })) {
    for (const value of Object.values(JSON.parse(input))) {
      if (typeof value === "string") made.add(value);
    }
  }
  const lists = [await listVolumes(host, DISKS_POOL), await listVolumes(host, BACKUPS_POOL)];
  const files = lists
    .flat()
    .map(({ name }) => name)
    .filter((name) => made.has(madeFor.exec(name)?.[1] ?? null));
  const known = [...owned, ...theirs];
  const strays = files.filter(
    (name) => !known.includes(name) && !known.some((own) => isOverlayOf(own, name)),
  );
  expect(strays, "files without a row").toEqual([]);

  const { db, hosts } = ctx;
  const { findings } = await reconcile({ db, hosts, log: silentLog, uploadsDir: scene.uploadsDir });
  const about = ({ subject }: { subject: string }) =>
    made.has(subject) || released.has(subject) || made.has(madeFor.exec(subject)?.[1] ?? null);
  expect(findings.filter(about)).toEqual([]);
}
