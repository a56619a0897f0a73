import type { OperationId } from "../spec/operations";
import { adoptionHandlers } from "./adoptions";
import { auditHandlers } from "./audit";
import { backupPoolHandlers } from "./backup-pools";
import { backupScheduleHandlers } from "./backup-schedules";
import { backupHandlers } from "./backups";
import { consoleShareHandlers } from "./console-shares";
import { cpuHandlers } from "./cpus";
import { definitionHandlers } from "./definitions";
import { diskFileHandlers } from "./disk-files";
import { diskSettingsHandlers } from "./disk-settings";
import { diskHandlers } from "./disks";
import { guestHandlers } from "./guests";
import type { HandlersOf } from "./handler";
import { imageHandlers } from "./images";
import { installationHandlers } from "./installation";
import { invitationHandlers } from "./invitations";
import { nicHandlers } from "./nics";
import { pinningHandlers } from "./pinning";
import { processHandlers } from "./processes";
import { projectHandlers } from "./projects";
import { recordingHandlers } from "./recordings";
import { snapshotHandlers } from "./snapshots";
import { startOrderHandlers } from "./start-order";
import { taskHandlers } from "./tasks";
import { tokenHandlers } from "./tokens";
import { tuningHandlers } from "./tuning";
import { userHandlers } from "./users";
import { vmCloneHandlers } from "./vm-clones";
import { vmDiskHandlers } from "./vm-disks";
import { vmImportHandlers } from "./vm-imports";
import { vmRescueHandlers } from "./vm-rescues";
import { vmTransferHandlers } from "./vm-transfers";
import { vmHandlers } from "./vms";
import { watchHandlers } from "./watches";

/** What runs each operation: one that has no handler does not compile. */
export const handlers: HandlersOf<OperationId> = {
  ...vmHandlers,
  ...cpuHandlers,
  ...vmCloneHandlers,
  ...vmImportHandlers,
  ...adoptionHandlers,
  ...vmTransferHandlers,
  ...vmRescueHandlers,
  ...definitionHandlers,
  ...nicHandlers,
  ...diskHandlers,
  ...diskFileHandlers,
  ...vmDiskHandlers,
  ...processHandlers,
  ...pinningHandlers,
  ...diskSettingsHandlers,
  ...tuningHandlers,
  ...backupPoolHandlers,
  ...startOrderHandlers,
  ...guestHandlers,
  ...consoleShareHandlers,
  ...snapshotHandlers,
  ...backupHandlers,
  ...backupScheduleHandlers,
  ...watchHandlers,
  ...imageHandlers,
  ...taskHandlers,
  ...projectHandlers,
  ...recordingHandlers,
  ...invitationHandlers,
  ...tokenHandlers,
  ...userHandlers,
  ...installationHandlers,
  ...auditHandlers,
};
