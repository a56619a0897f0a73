import { getSchedule } from "@/lib/services/backup-schedule/list-schedules";
import { removeSchedule } from "@/lib/services/backup-schedule/remove-schedule";
import { setSchedule } from "@/lib/services/backup-schedule/set-schedule";
import type { backupScheduleOperations } from "../spec/backup-schedules";
import type { HandlersOf } from "./handler";
import { noContent } from "./no-content";

export const backupScheduleHandlers: HandlersOf<keyof typeof backupScheduleOperations> = {
  getBackupSchedule: async (ctx, input) => ({ schedule: await getSchedule(ctx, input) }),
  setBackupSchedule: setSchedule,
  removeBackupSchedule: (ctx, input) => noContent(removeSchedule(ctx, input)),
};
