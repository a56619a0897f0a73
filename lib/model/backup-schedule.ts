import { z } from "zod";
import { instantOf, isZone, localOf } from "./zoned-time";

export const scheduleKinds = ["hours", "day", "week"] as const;
export type ScheduleKind = (typeof scheduleKinds)[number];

/** Those that divide a day, so that the hours are the same every day. */
export const scheduleHours = [1, 2, 3, 4, 6, 8, 12, 24] as const;

export const scheduleLimits = { keepLast: 100, keepDays: 3650, fullEvery: 31 } as const;

const hourMs = 3_600_000;
/** How late a run may be and still count as in time. */
const inTimeMs = 15 * 60_000;
const countedMissed = 100;

const keep = (most: number) => z.int().min(1, "field.keep").max(most, "field.keep").nullable();

/** When a VM is backed up by itself, and how long those backups are kept. */
export const scheduleSchema = z.object({
  every: z.enum(scheduleKinds),
  /** Of "hours": every so many, at hours of UTC that they divide. */
  hours: z
    .int()
    .refine((hours) => scheduleHours.some((each) => each === hours), "field.schedule_hours")
    .default(6),
  /** Of "week": 1 is Monday. */
  weekday: z.int().min(1).max(7).default(1),
  /** Of "day" and "week": minutes since midnight in the zone. */
  minuteOfDay: z
    .int()
    .min(0)
    .max(24 * 60 - 1)
    .default(0),
  zone: z.string().max(64).refine(isZone, "field.zone").default("UTC"),
  /** A backup is kept as long as one of both keeps it; neither: for good. */
  keepLast: keep(scheduleLimits.keepLast).default(null),
  keepDays: keep(scheduleLimits.keepDays).default(null),
  /** A full one at least each so many; 1: all are full. */
  fullEvery: z
    .int()
    .min(1, "field.full_every")
    .max(scheduleLimits.fullEvery, "field.full_every")
    .default(1),
  quiesce: z.boolean().default(true),
});

export type Schedule = z.output<typeof scheduleSchema>;

export interface ScheduleView extends Schedule {
  vmId: string;
  nextAt: string;
  /** Why the run that is due has not begun, and until when it is tried again. */
  waiting: { key: string; values?: Record<string, string | number>; until: string } | null;
  last: {
    dueAt: string;
    at: string;
    /** Null when there was none. */
    taskId: string | null;
    outcome: "running" | "done" | "failed";
    error: { key: string; values?: Record<string, string | number> } | null;
    /** Later than it should have been, because no portal ran or the host was away. */
    late: boolean;
    /** How many more had passed by without a run. */
    missed: number;
  } | null;
}

type Times = Pick<Schedule, "every" | "hours" | "weekday" | "minuteOfDay" | "zone">;

/**
 * The first time after `after`. A time that a change of the clocks leaves out is an hour later, one
 * that it brings twice is the first.
 */
export function nextRun(schedule: Times, after: Date): Date {
  if (schedule.every === "hours") {
    const stepMs = schedule.hours * hourMs;
    return new Date((Math.floor(after.getTime() / stepMs) + 1) * stepMs);
  }
  const { zone, minuteOfDay, weekday } = schedule;
  const { year, month, day } = localOf(after, zone);
  for (let offset = 0; ; offset++) {
    const date = new Date(Date.UTC(year, month - 1, day + offset));
    // Sunday is 0 here and 7 there.
    if (schedule.every === "week" && (date.getUTCDay() + 6) % 7 !== weekday - 1) continue;
    const at = instantOf(date, minuteOfDay, zone);
    if (at > after) return at;
  }
}

/** How many times after `dueAt` have passed by at `now`; a hundred at most. */
export function missedRuns(schedule: Times, dueAt: Date, now: Date): number {
  let count = 0;
  for (let at = nextRun(schedule, dueAt); at <= now && count < countedMissed; count++) {
    at = nextRun(schedule, at);
  }
  return count;
}

export function isLate(dueAt: Date, at: Date): boolean {
  return at.getTime() - dueAt.getTime() > inTimeMs;
}
