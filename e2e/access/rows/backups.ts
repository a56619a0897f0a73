import { newId } from "@/lib/db/id";
import { scheduleSchema } from "@/lib/model/backup-schedule";
import { callAction, knock } from "../knock";
import type { Row } from "../row";

export const backupRows: Row[] = [
  {
    door: "stream GET /api/exports/backups/[id]",
    needs: "vm.export",
    knock: async (cell) => knock(cell, `/api/exports/backups/${await cell.things.backup()}`),
  },
  {
    door: "action createBackupAction",
    needs: "backup.create",
    knock: async (cell) =>
      callAction(cell, "createBackupAction", {
        vmId: (await cell.things.vm()).id,
        note: "",
        quiesce: true,
        incremental: false,
      }),
  },
  {
    door: "action setScheduleAction",
    needs: "backup.schedule",
    knock: async (cell) =>
      callAction(cell, "setScheduleAction", {
        ...scheduleSchema.parse({ every: "day" }),
        vmId: (await cell.things.vm()).id,
      }),
  },
  {
    door: "action removeScheduleAction",
    needs: "backup.schedule",
    knock: async (cell) =>
      callAction(cell, "removeScheduleAction", {
        vmId: await cell.things.vmWithSchedule(),
      }),
  },
  {
    door: "action verifyBackupAction",
    needs: "backup.verify",
    knock: async (cell) =>
      callAction(cell, "verifyBackupAction", { backupId: await cell.things.backup() }),
  },
  {
    door: "action restoreBackupAction",
    needs: "backup.restore",
    knock: async (cell) =>
      callAction(cell, "restoreBackupAction", {
        backupId: await cell.things.backup(),
        name: `restored-${newId()}`,
        start: false,
      }),
  },
  {
    door: "action restoreInPlaceAction",
    needs: "backup.restore_in_place",
    knock: async (cell) =>
      callAction(cell, "restoreInPlaceAction", {
        backupId: await cell.things.backup(),
        confirmName: "old",
      }),
  },
  {
    door: "action deleteBackupAction",
    needs: "backup.delete",
    knock: async (cell) =>
      callAction(cell, "deleteBackupAction", { backupId: await cell.things.backup() }),
  },
];
