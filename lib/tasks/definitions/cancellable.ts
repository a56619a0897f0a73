import type { TaskKind } from "@/lib/model/task";
import { backupCreate } from "./backup-create";
import { backupDelete } from "./backup-delete";
import { backupRestore } from "./backup-restore";
import { backupRestoreInPlace } from "./backup-restore-in-place";
import { backupVerify } from "./backup-verify";
import { diskAdd } from "./disk-add";
import { diskAttach } from "./disk-attach";
import { diskDelete } from "./disk-delete";
import { diskDetach } from "./disk-detach";
import { diskGrow } from "./disk-grow";
import { diskRewrites } from "./disk-rewrite";
import { imageDelete } from "./image-delete";
import { imageExamine } from "./image-examine";
import { imageStore } from "./image-store";
import { snapshotCreate } from "./snapshot-create";
import { snapshotDelete } from "./snapshot-delete";
import { snapshotRevert } from "./snapshot-revert";
import { vmBootOnce } from "./vm-boot-once";
import { vmClone } from "./vm-clone";
import { vmCreate } from "./vm-create";
import { vmDelete } from "./vm-delete";
import { vmEndLease } from "./vm-end-lease";
import { vmImport } from "./vm-import";
import { vmSave } from "./vm-save";
import { vmStartInOrder } from "./vm-start-in-order";
import { vmTransfer } from "./vm-transfer";

const definitions = [
  vmCreate,
  vmClone,
  vmImport,
  vmDelete,
  vmEndLease,
  vmSave,
  vmStartInOrder,
  vmBootOnce,
  vmTransfer,
  diskAdd,
  diskAttach,
  diskDelete,
  diskDetach,
  diskGrow,
  ...Object.values(diskRewrites),
  imageStore,
  imageExamine,
  imageDelete,
  snapshotCreate,
  snapshotRevert,
  snapshotDelete,
  backupCreate,
  backupVerify,
  backupDelete,
  backupRestore,
  backupRestoreInPlace,
];

/** Whether tasks of this kind may be stopped by a person. */
export function isCancellable(kind: TaskKind): boolean {
  return definitions.some((each) => each.kind === kind && each.cancellable);
}
