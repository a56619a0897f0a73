import { scheduleSchema } from "@/lib/model/backup-schedule";
import { removeSchedule } from "../../backup-schedule/remove-schedule";
import { setSchedule } from "../../backup-schedule/set-schedule";
import { freezeGuest } from "../../freeze/freeze-guest";
import { thawGuest } from "../../freeze/thaw-guest";
import { extendLease } from "../../lease/extend-lease";
import { setLease } from "../../lease/set-lease";
import { getProjectLimits } from "../../quota/get-project-limits";
import { setProjectLimits } from "../../quota/set-project-limits";
import type { Played, PlayedOnVm, Verbs } from "./move";
import { dayMs, hourMs, pass } from "./time";

/** Time goes by, and the portal does what is due by then. */
export const timeVerbs = {
  passHours: (scene) => pass(scene, scene.size * hourMs),
  /** A day, the days until a lease's end, or those until it is too late to extend it. */
  passDays: (scene) => pass(scene, (scene.size * 4 - 3) * dayMs),
  /** How long VMs may live from now on. */
  leaseTerms: async ({ ctx, projects, which, size, flag }) => {
    const projectId = projects[which % 2 === 0 ? 0 : 1];
    const { own: limits } = await getProjectLimits(ctx, { projectId });
    return setProjectLimits(ctx, { projectId, limits, leaseDays: flag ? size * 2 : null });
  },
} satisfies Verbs<Played>;

/** What is to happen to a VM by itself, and until when. */
export const dueVerbs = {
  schedule: ({ ctx, vm, which, size, flag }) => {
    const kept = which % 4 === 3 ? { keepDays: size } : { keepLast: size };
    const schedule = { every: "hours", hours: 1, fullEvery: flag ? 1 : 3, quiesce: flag, ...kept };
    return setSchedule(ctx, { vmId: vm.id, ...scheduleSchema.parse(schedule) });
  },
  unschedule: async ({ ctx, vm }) => {
    await removeSchedule(ctx, { vmId: vm.id });
    return vm;
  },
  lease: ({ ctx, vm, size, flag }) => {
    const endsAt = new Date(ctx.clock().getTime() + size * dayMs).toISOString();
    return setLease(ctx, { vmId: vm.id, endsAt: flag ? endsAt : null });
  },
  extendLease: ({ ctx, vm }) => extendLease(ctx, { vmId: vm.id }),
  freeze: ({ ctx, vm, size }) => freezeGuest(ctx, { vmId: vm.id, seconds: 60 * size }),
  thaw: ({ ctx, vm }) => thawGuest(ctx, { vmId: vm.id }),
} satisfies Verbs<PlayedOnVm>;
