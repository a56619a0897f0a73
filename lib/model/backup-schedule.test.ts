import fc from "fast-check";
import { expect, it } from "vitest";
import { missedRuns, nextRun, scheduleHours, scheduleSchema } from "./backup-schedule";
import { localOf } from "./zoned-time";

const day = (data: object) => scheduleSchema.parse({ every: "day", ...data });
const iso = (schedule: Parameters<typeof nextRun>[0], after: string) =>
  nextRun(schedule, new Date(after)).toISOString();

it("comes every so many hours, every day or every week, in UTC or in a zone", () => {
  const hours = scheduleSchema.parse({ every: "hours", hours: 6 });
  expect(iso(hours, "2026-11-27T17:30:00Z")).toBe("2026-11-27T18:00:00.000Z");
  expect(iso(hours, "2026-11-27T18:00:00Z")).toBe("2026-11-28T00:00:00.000Z");
  const utc = day({ minuteOfDay: 210 });
  expect(iso(utc, "2026-11-27T03:29:59Z")).toBe("2026-11-27T03:30:00.000Z");
  expect(iso(utc, "2026-11-27T03:30:00Z")).toBe("2026-11-28T03:30:00.000Z");
  const berlin = day({ minuteOfDay: 210, zone: "Europe/Berlin" });
  expect(iso(berlin, "2026-07-01T00:00:00Z")).toBe("2026-07-01T01:30:00.000Z");
  expect(iso(berlin, "2026-12-01T00:00:00Z")).toBe("2026-12-01T02:30:00.000Z");
  // The day there is another one than in UTC.
  const kiritimati = day({ minuteOfDay: 60, zone: "Pacific/Kiritimati" });
  expect(iso(kiritimati, "2026-11-27T12:00:00Z")).toBe("2026-11-28T11:00:00.000Z");
  const sunday = scheduleSchema.parse({ every: "week", weekday: 7, minuteOfDay: 60 });
  expect(iso(sunday, "2026-11-27T12:00:00Z")).toBe("2026-11-29T01:00:00.000Z");
});

it("a night of changed clocks has one run all the same", () => {
  const berlin = day({ minuteOfDay: 150, zone: "Europe/Berlin" });
  // 02:30 is left out on 29 March 2026 and comes twice on 25 October.
  expect(iso(berlin, "2026-03-28T12:00:00Z")).toBe("2026-03-29T01:30:00.000Z");
  expect(iso(berlin, "2026-03-29T01:30:00Z")).toBe("2026-03-30T00:30:00.000Z");
  expect(iso(berlin, "2026-10-24T12:00:00Z")).toBe("2026-10-25T00:30:00.000Z");
  expect(iso(berlin, "2026-10-25T00:30:00Z")).toBe("2026-10-26T01:30:00.000Z");
});

it("is always later, at most a week and the hour of changed clocks", () => {
  const schedules = fc.record({
    every: fc.constantFrom("hours", "day", "week"),
    hours: fc.constantFrom(...scheduleHours),
    weekday: fc.integer({ min: 1, max: 7 }),
    minuteOfDay: fc.integer({ min: 0, max: 1439 }),
    zone: fc.constantFrom("UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"),
  });
  const times = fc.date({
    min: new Date("2026-01-01"),
    max: new Date("2028-01-01"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(schedules, times, (asked, after) => {
      const schedule = scheduleSchema.parse(asked);
      const at = nextRun(schedule, after);
      const hours = (at.getTime() - after.getTime()) / 3_600_000;
      expect(hours).toBeGreaterThan(0);
      expect(hours).toBeLessThanOrEqual(
        { hours: schedule.hours, day: 25, week: 169 }[schedule.every],
      );
      if (schedule.every === "hours") return;
      const ahead = localOf(at, schedule.zone).minuteOfDay - schedule.minuteOfDay;
      expect([0, 30, 60]).toContain(ahead);
    }),
    { numRuns: 300 },
  );
});

it("counts what had passed by", () => {
  const daily = day({});
  const missed = (now: string) =>
    missedRuns(daily, new Date("2026-11-20T00:00:00Z"), new Date(now));
  expect(missed("2026-11-20T23:59:59Z")).toBe(0);
  expect(missed("2026-11-23T00:00:00Z")).toBe(3);
  expect(missed("2046-11-23T00:00:00Z")).toBe(100);
});

it("is refused for what it cannot be", () => {
  const bad = [
    { every: "month" },
    { every: "hours", hours: 5 },
    { every: "day", minuteOfDay: 1440 },
    { every: "day", zone: "Mars/Olympus" },
    { every: "day", keepLast: 0 },
    { every: "day", keepDays: 4000 },
    { every: "day", fullEvery: 0 },
  ];
  for (const each of bad) expect(scheduleSchema.safeParse(each).success).toBe(false);
});
