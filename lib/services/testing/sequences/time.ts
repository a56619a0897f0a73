import { expect } from "vitest";
import type { Db } from "@/lib/db/client";
import { isAppError } from "@/lib/model/errors";
import { retainBackups } from "../../backup-schedule/retain-backups";
import { runSchedules } from "../../backup-schedule/run-schedules";
import { thawOverdue } from "../../freeze/thaw-overdue";
import { sweepLeases } from "../../lease/sweep-leases";
import { silentLog } from "../silent-log";
import type { Scene } from "./move";

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Guests here have no system that would hear that they are to shut down. */
const shutdownMs = 50;

/** Goes on to a later time, at which the portal looks for what is due. */
export async function pass(scene: Scene, ms: number): Promise<void> {
  scene.time.aheadMs += ms;
  await sweep(scene);
}

/**
 * What the portal does by itself as time goes by, with the VMs of the scene alone: every scene has
 * its own time. Throws what a sweep did not foresee.
 */
export async function sweep(scene: Scene): Promise<void> {
  const { hosts, clock } = scene.ctx;
  const faults: unknown[] = [];
  const log = Object.assign(Object.create(silentLog), {
    error: ({ err }: { err: unknown }) => faults.push(err),
  });
  const deps = { db: ofScene(scene), hosts, log, clock };
  await runSchedules(deps);
  await retainBackups(deps);
  await sweepLeases({ ...deps, mail: null, shutdownMs });
  await thawOverdue(deps);
  expect(faults.filter((fault) => !isAppError(fault))).toEqual([]);
}

/** The database in which a sweep finds the scene's VMs and nobody else's. */
function ofScene({ ctx, projects }: Scene): Db {
  const projectId = { in: [...projects] };
  const own = async () =>
    (await ctx.db.vm.findMany({ where: { projectId }, select: { id: true } })).map(({ id }) => id);
  const both = <T>(where: T | undefined, more: T) => ({ AND: [where ?? {}, more] });
  return ctx.db.$extends({
    query: {
      vm: {
        findMany: ({ args, query }) => query({ ...args, where: both(args.where, { projectId }) }),
      },
      backupSchedule: {
        findMany: ({ args, query }) =>
          query({ ...args, where: both(args.where, { vm: { projectId } }) }),
      },
      guestFreeze: {
        findMany: async ({ args, query }) =>
          query({ ...args, where: both(args.where, { vmId: { in: await own() } }) }),
      },
    },
  }) as unknown as Db;
}
