import type { OperationResult } from "@/lib/api/spec/operations";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";

type Schedule = OperationResult<"setBackupSchedule">;

const weekdays: readonly string[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** "6h", "day", or a day of the week. */
function timesOf(when: string) {
  const hours = when.match(/^(\d{1,2})h$/)?.[1];
  if (hours !== undefined) return { every: "hours", hours: Number(hours) } as const;
  if (when === "day") return { every: "day" } as const;
  const weekday = 1 + weekdays.indexOf(when);
  if (weekday > 0) return { every: "week", weekday } as const;
  throw usageError(`WHEN ${when}: like 6h, day, ${weekdays.join(", ")}, or off`);
}

function minutesOf(at: string): number {
  const [, hours, minutes] = at.match(/^([01]?\d|2[0-3]):([0-5]\d)$/) ?? [];
  if (hours === undefined) throw usageError(`--at ${at}: like 03:30`);
  return 60 * Number(hours) + Number(minutes);
}

function wholeOf(name: string, word: string | boolean | undefined): number | null {
  if (typeof word !== "string") return null;
  if (/^\d{1,4}$/.test(word)) return Number(word);
  throw usageError(`--${name} ${word}: a whole number`);
}

function inWords({ every, hours, weekday, minuteOfDay, zone }: Schedule): string {
  if (every === "hours") return `every ${hours} h`;
  const two = (part: number) => String(part).padStart(2, "0");
  const at = `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)} ${zone}`;
  return every === "day" ? `every day at ${at}` : `every ${weekdays[weekday - 1]} at ${at}`;
}

export const vmBackupSchedule: Command = {
  path: ["vm", "backup", "schedule"],
  summary: "have a VM backed up by itself: 6h, day, mon to sun, or off; without one, show it",
  args: [
    { name: "VM", completes: "vm" },
    { name: "WHEN", optional: true },
  ],
  options: {
    at: { type: "string", value: "HH:MM", summary: "time of the day; 00:00 if not said" },
    zone: { type: "string", value: "ZONE", summary: "its time zone, like Europe/Berlin; UTC" },
    keep: { type: "string", value: "N", summary: "keep the last N of them" },
    "keep-days": { type: "string", value: "N", summary: "keep them N days" },
    "full-every": { type: "string", value: "N", summary: "between, only what has changed" },
    "no-quiesce": { type: "boolean", summary: "do not ask the guest's agent to hold still" },
  },
  async run(ctx) {
    const { args, options, print } = ctx;
    const client = await clientOf(ctx);
    const { id: vmId, name } = await findVm(client, args.VM ?? "");
    if (args.WHEN === undefined) {
      const { schedule } = await client.call("getBackupSchedule", { vmId });
      if (schedule === null)
        return print.result(`${name} is not backed up by itself.`, { schedule: null });
      if (print.json) return print.object(schedule);
      const { waiting, last, nextAt, keepLast, keepDays } = schedule;
      return print.object({
        when: inWords(schedule),
        next: nextAt,
        keepLast,
        keepDays,
        last: last === null ? null : `${last.at} ${last.outcome} ${last.error?.key ?? ""}`.trim(),
        waiting: waiting?.key ?? null,
      });
    }
    if (args.WHEN === "off") {
      await client.call("removeBackupSchedule", { vmId });
      return print.result(`${name} is no longer backed up by itself.`, { schedule: null });
    }
    const after = await client.call("setBackupSchedule", {
      vmId,
      ...timesOf(args.WHEN),
      minuteOfDay: typeof options.at === "string" ? minutesOf(options.at) : 0,
      zone: typeof options.zone === "string" ? options.zone : "UTC",
      keepLast: wholeOf("keep", options.keep),
      keepDays: wholeOf("keep-days", options["keep-days"]),
      fullEvery: wholeOf("full-every", options["full-every"]) ?? 1,
      quiesce: options["no-quiesce"] !== true,
    });
    print.result(`${name} is backed up ${inWords(after)}, next ${after.nextAt}.`, after);
  },
};
