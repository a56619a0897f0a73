import type { Command } from "../command";
import { accountCommands } from "./account";
import { adminCommands } from "./admin";
import { auditCommands } from "./audit";
import { backupPoolCommands } from "./backup-pool";
import { completeCommand } from "./complete";
import { completion } from "./completion";
import { diskCommands } from "./disk";
import { diskFileCommands } from "./disk-file";
import { doctor } from "./doctor";
import { guestCommands } from "./guest";
import { hostCommands } from "./host";
import { imageCommands } from "./image";
import { invitationCommands } from "./invitation";
import { leaseCommands } from "./lease";
import { memberCommands } from "./member";
import { nicCommands } from "./nic";
import { projectCommands } from "./project";
import { quotaCommands } from "./quota";
import { recordingCommands } from "./recording";
import { snapshotCommands } from "./snapshot";
import { taskCommands } from "./task";
import { tokenCommands } from "./token";
import { tuneCommands } from "./tune";
import { userCommands } from "./user";
import { userRemoveCommands } from "./user-remove";
import { vmAdoptCommands } from "./vm-adopt";
import { vmAutostart } from "./vm-autostart";
import { vmBackupCommands } from "./vm-backup";
import { vmBackupSchedule } from "./vm-backup-schedule";
import { vmBoot } from "./vm-boot";
import { vmEject, vmInsert, vmResize } from "./vm-change";
import { vmClipboard } from "./vm-clipboard";
import { vmCloneCommands } from "./vm-clone";
import { vmConsole } from "./vm-console";
import { vmCpu } from "./vm-cpu";
import { vmCreate } from "./vm-create";
import { definitionCommands } from "./vm-definition";
import { vmDiskCommands } from "./vm-disk";
import { vmDiskSet } from "./vm-disk-set";
import { vmEditCommands } from "./vm-edit";
import { vmExport } from "./vm-export";
import { vmImport } from "./vm-import";
import { vmLockCommands } from "./vm-lock";
import { vmMemory } from "./vm-memory";
import { vmOrder } from "./vm-order";
import { vmPin } from "./vm-pin";
import { powerCommands } from "./vm-power";
import { vmProcess } from "./vm-process";
import { vmList, vmShow } from "./vm-read";
import { vmRecovery } from "./vm-recovery";
import { vmRemove } from "./vm-remove";
import { vmRescue } from "./vm-rescue";
import { vmSaveCommands } from "./vm-save";
import { vmShareCommands } from "./vm-share";
import { vmTransfer } from "./vm-transfer";
import { vmVideo } from "./vm-video";
import { vmWatchCommands } from "./vm-watch";

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  ...accountCommands,
  ...projectCommands,
  ...quotaCommands,
  ...recordingCommands,
  vmList,
  vmShow,
  vmCreate,
  ...vmCloneCommands,
  vmExport,
  vmImport,
  ...vmAdoptCommands,
  ...powerCommands,
  vmResize,
  vmInsert,
  vmEject,
  ...definitionCommands,
  vmConsole,
  ...vmShareCommands,
  ...vmSaveCommands,
  vmRecovery,
  vmClipboard,
  vmVideo,
  vmRescue,
  vmMemory,
  vmCpu,
  ...vmEditCommands,
  ...vmLockCommands,
  vmAutostart,
  vmOrder,
  vmBoot,
  ...nicCommands,
  vmProcess,
  vmPin,
  ...tuneCommands,
  ...backupPoolCommands,
  vmTransfer,
  vmRemove,
  ...snapshotCommands,
  ...vmBackupCommands,
  vmBackupSchedule,
  ...vmWatchCommands,
  ...leaseCommands,
  ...guestCommands,
  ...diskCommands,
  ...diskFileCommands,
  ...vmDiskCommands,
  vmDiskSet,
  ...imageCommands,
  ...taskCommands,
  ...tokenCommands,
  ...memberCommands,
  ...invitationCommands,
  ...userCommands,
  ...userRemoveCommands,
  ...auditCommands,
  ...hostCommands,
  doctor,
  ...adminCommands,
  completion,
  completeCommand(() => commands),
];
