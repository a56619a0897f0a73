import type { BackupReasons } from "@/components/backup/types";
import type { Permission } from "@/lib/policies/permissions";

/** Why the person may not do each of what is done to backups. */
export function backupReasons(why: (permission: Permission) => string | null): BackupReasons {
  return {
    create: why("backup.create"),
    verify: why("backup.verify"),
    export: why("vm.export"),
    restore: why("backup.restore"),
    restoreInPlace: why("backup.restore_in_place"),
    remove: why("backup.delete"),
    schedule: why("backup.schedule"),
  };
}
