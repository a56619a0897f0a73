import type { backupScheduleOperations } from "../../spec/backup-schedules";
import type { ApiWorld } from "../api-world";
import { deleting } from "./before";
import type { CasesOf } from "./case";

const ofVm = ({ ids }: Pick<ApiWorld, "ids">) => ({ vmId: ids.vmId });
const nobody = { vmId: "nobody0000" };

export const backupScheduleCases: CasesOf<typeof backupScheduleOperations> = {
  getBackupSchedule: { as: "viewer", input: ofVm, refusals: [["not_found", nobody]] },
  setBackupSchedule: {
    as: "member",
    input: (api) => ({ ...ofVm(api), every: "week", weekday: 7, minuteOfDay: 90, keepDays: 30 }),
    refusals: [
      ["not_found", nobody],
      ["vm.bad_state", {}, deleting],
      ["input.invalid", { zone: "Mars/Olympus" }],
    ],
  },
  removeBackupSchedule: {
    as: "member",
    input: ofVm,
    refusals: [
      ["not_found", nobody],
      ["not_found", {}, ({ world }) => world.db.backupSchedule.deleteMany()],
    ],
  },
};
