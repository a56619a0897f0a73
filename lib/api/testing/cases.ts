import type { OperationId } from "../spec/operations";
import type { ApiWorld } from "./api-world";
import { adoptionCases } from "./cases/adoptions";
import { auditCases } from "./cases/audit";
import { backupPoolCases } from "./cases/backup-pools";
import { backupScheduleCases } from "./cases/backup-schedules";
import { backupCases } from "./cases/backups";
import type { Case } from "./cases/case";
import { consoleShareCases } from "./cases/console-shares";
import { cpuCases } from "./cases/cpus";
import { definitionCases } from "./cases/definitions";
import { diskFileCases } from "./cases/disk-files";
import { diskSettingsCases } from "./cases/disk-settings";
import { diskCases } from "./cases/disks";
import { guestMemoryCases } from "./cases/guest-memory";
import { guestCases } from "./cases/guests";
import { hostCases } from "./cases/hosts";
import { imageCases } from "./cases/images";
import { invitationCases } from "./cases/invitations";
import { networkCases } from "./cases/networks";
import { nicCases } from "./cases/nics";
import { pinningCases } from "./cases/pinning";
import { processCases } from "./cases/processes";
import { projectCases } from "./cases/projects";
import { recordingCases } from "./cases/recordings";
import { snapshotCases } from "./cases/snapshots";
import { startOrderCases } from "./cases/start-order";
import { taskCases } from "./cases/tasks";
import { tokenCases } from "./cases/tokens";
import { tuningCases } from "./cases/tuning";
import { userCases } from "./cases/users";
import { vmCloneCases } from "./cases/vm-clones";
import { vmDiskCases } from "./cases/vm-disks";
import { vmImportCases } from "./cases/vm-imports";
import { vmRescueCases } from "./cases/vm-rescues";
import { vmTransferCases } from "./cases/vm-transfers";
import { vmCases } from "./cases/vms";
import { watchCases } from "./cases/watches";

/** Every operation has its case: one without does not compile. */
export const cases: { [Id in OperationId]: Case<Id> } = {
  ...vmCases,
  ...watchCases,
  ...cpuCases,
  ...vmCloneCases,
  ...vmImportCases,
  ...adoptionCases,
  ...vmTransferCases,
  ...vmRescueCases,
  ...definitionCases,
  ...nicCases,
  ...diskCases,
  ...diskFileCases,
  ...vmDiskCases,
  ...processCases,
  ...pinningCases,
  ...diskSettingsCases,
  ...tuningCases,
  ...backupPoolCases,
  ...startOrderCases,
  ...guestCases,
  ...guestMemoryCases,
  ...consoleShareCases,
  ...snapshotCases,
  ...backupCases,
  ...backupScheduleCases,
  ...imageCases,
  ...networkCases,
  ...taskCases,
  ...projectCases,
  ...recordingCases,
  ...invitationCases,
  ...tokenCases,
  ...userCases,
  ...hostCases,
  ...auditCases,
};

/** The case of any operation, its input as the transport sees it. */
export function caseOf(id: OperationId): Omit<Case<OperationId>, "input"> & {
  input: (api: ApiWorld) => object | Promise<object>;
} {
  return cases[id];
}
