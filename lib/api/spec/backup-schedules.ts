import { z } from "zod";
import { type ScheduleView, scheduleSchema } from "@/lib/model/backup-schedule";
import { idSchema, timeSchema } from "./fields";
import { operation } from "./operation";

const params = z.strictObject({ vmId: idSchema });
const example = { vmId: "k3m9x2a7pq" };
const why = z.object({
  key: z.string().describe("A key of the portal's error texts."),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

const viewSchema = z
  .object({
    ...scheduleSchema.shape,
    hours: z.int(),
    zone: z.string(),
    vmId: idSchema,
    nextAt: timeSchema,
    waiting: why
      .extend({ until: timeSchema })
      .nullable()
      .describe("Why the run that is due has not begun, and until when it is tried again."),
    last: z
      .object({
        dueAt: timeSchema,
        at: timeSchema,
        taskId: idSchema.nullable(),
        outcome: z.enum(["running", "done", "failed"]),
        error: why.nullable(),
        late: z.boolean().describe("Whether it made up for a time that had passed by."),
        missed: z.int().describe("How many more had passed by without a run."),
      })
      .nullable(),
  })
  .meta({ id: "BackupSchedule" }) satisfies z.ZodType<ScheduleView>;

export const backupScheduleOperations = {
  getBackupSchedule: operation({
    method: "GET",
    path: "/vms/{vmId}/backup-schedule",
    tag: "Backups",
    summary: "Show when a VM is backed up by itself",
    permission: "backup.read",
    params,
    status: 200,
    response: z.object({ schedule: viewSchema.nullable().describe("Null: never.") }),
    example,
  }),
  setBackupSchedule: operation({
    method: "PUT",
    path: "/vms/{vmId}/backup-schedule",
    tag: "Backups",
    summary: "Have a VM backed up by itself",
    description:
      "Every so many `hours`, every `day` or every `week`, the latter at `minuteOfDay` of `zone`. " +
      "What the schedule made is kept as long as `keepLast` or `keepDays` says; what people made, " +
      "the last whole one and what others build on are never deleted by it.",
    permission: "backup.schedule",
    params,
    body: z.strictObject(scheduleSchema.shape),
    status: 200,
    response: viewSchema,
    problems: ["vm.bad_state"],
    example: { ...example, every: "day", minuteOfDay: 210, zone: "Europe/Berlin", keepLast: 7 },
  }),
  removeBackupSchedule: operation({
    method: "DELETE",
    path: "/vms/{vmId}/backup-schedule",
    tag: "Backups",
    summary: "Have a VM no longer backed up by itself",
    description: "Its backups stay.",
    permission: "backup.schedule",
    params,
    status: 204,
    example,
  }),
} as const;
