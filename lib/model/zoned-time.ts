/** Whether it names a time zone, "Europe/Berlin" for instance. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** What clocks and calendars of the zone show at a moment. */
export function localOf(
  at: Date,
  zone: string,
): { year: number; month: number; day: number; minuteOfDay: number } {
  const format = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  const parts = format.formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  return {
    year: of("year"),
    month: of("month"),
    day: of("day"),
    minuteOfDay: 60 * of("hour") + of("minute"),
  };
}

/**
 * The moment at which the zone's clocks show that time of the day whose UTC midnight is `date`: the
 * first one where they show it twice, and as much later as they leap where they never do.
 */
export function instantOf(date: Date, minuteOfDay: number, zone: string): Date {
  const wanted = date.getTime() + minuteOfDay * 60_000;
  // No zone is further from UTC than this, and none changes its clocks twice within it.
  const around = [-24, 24].map((hours) => offsetOf(new Date(wanted + hours * 3_600_000), zone));
  const candidates = around.map((offset) => wanted - offset).sort((a, b) => a - b);
  const exact = candidates.find((each) => each + offsetOf(new Date(each), zone) === wanted);
  const [, later = wanted] = candidates;
  return new Date(exact ?? later);
}

/** How far the zone's clocks are ahead of UTC, in ms. */
function offsetOf(at: Date, zone: string): number {
  const { year, month, day, minuteOfDay } = localOf(at, zone);
  const shown = Date.UTC(year, month - 1, day) + minuteOfDay * 60_000;
  return shown - Math.floor(at.getTime() / 60_000) * 60_000;
}
