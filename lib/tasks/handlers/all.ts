import { backupCreateHandler } from "./backup-create";
import { backupDeleteHandler } from "./backup-delete";
import { backupRestoreHandler } from "./backup-restore";
import { backupRestoreInPlaceHandler } from "./backup-restore-in-place";
import { backupVerifyHandler } from "./backup-verify";
import { diskAddHandler } from "./disk-add";
import { diskAttachHandler } from "./disk-attach";
import { diskDeleteHandler } from "./disk-delete";
import { diskDetachHandler } from "./disk-detach";
import { diskGrowHandler } from "./disk-grow";
import { diskCompactHandler, diskConvertHandler } from "./disk-rewrite";
import { type AnyTaskHandler, anyHandler } from "./handler";
import { imageDeleteHandler } from "./image-delete";
import { imageExamineHandler } from "./image-examine";
import { imageStoreHandler } from "./image-store";
import { snapshotCreateHandler } from "./snapshot-create";
import { snapshotDeleteHandler } from "./snapshot-delete";
import { snapshotRevertHandler } from "./snapshot-revert";
import { vmBootOnceHandler } from "./vm-boot-once";
import { vmCloneHandler } from "./vm-clone";
import { vmCreateHandler } from "./vm-create";
import { vmDeleteHandler } from "./vm-delete";
import { vmEndLeaseHandler } from "./vm-end-lease";
import { vmImportHandler } from "./vm-import";
import { vmSaveHandler } from "./vm-save";
import { vmStartInOrderHandler } from "./vm-start-in-order";
import { vmTransferHandler } from "./vm-transfer";

/** Task kind → how it is done. */
export const taskHandlers: Record<string, AnyTaskHandler> = {
  "vm.create": anyHandler(vmCreateHandler),
  "vm.clone": anyHandler(vmCloneHandler),
  "vm.import": anyHandler(vmImportHandler),
  "vm.delete": anyHandler(vmDeleteHandler),
  "vm.end_lease": anyHandler(vmEndLeaseHandler),
  "vm.save": anyHandler(vmSaveHandler),
  "vm.start_in_order": anyHandler(vmStartInOrderHandler),
  "vm.boot_once": anyHandler(vmBootOnceHandler),
  "vm.transfer": anyHandler(vmTransferHandler),
  "disk.add": anyHandler(diskAddHandler),
  "disk.attach": anyHandler(diskAttachHandler),
  "disk.delete": anyHandler(diskDeleteHandler),
  "disk.detach": anyHandler(diskDetachHandler),
  "disk.grow": anyHandler(diskGrowHandler),
  "disk.convert": anyHandler(diskConvertHandler),
  "disk.compact": anyHandler(diskCompactHandler),
  "image.store": anyHandler(imageStoreHandler),
  "image.examine": anyHandler(imageExamineHandler),
  "image.delete": anyHandler(imageDeleteHandler),
  "snapshot.create": anyHandler(snapshotCreateHandler),
  "snapshot.revert": anyHandler(snapshotRevertHandler),
  "snapshot.delete": anyHandler(snapshotDeleteHandler),
  "backup.create": anyHandler(backupCreateHandler),
  "backup.verify": anyHandler(backupVerifyHandler),
  "backup.delete": anyHandler(backupDeleteHandler),
  "backup.restore": anyHandler(backupRestoreHandler),
  "backup.restore_in_place": anyHandler(backupRestoreInPlaceHandler),
};
