"use client";

import { useTranslations } from "next-intl";
import { isOpen } from "@/components/task/merge-tasks";
import type { CancelTaskAction } from "@/components/task/types";
import type { BackupView } from "@/lib/model/backup";
import type { ScheduleView } from "@/lib/model/backup-schedule";
import type { Quota } from "@/lib/model/quota";
import type { VmDetail } from "@/lib/model/vm";
import { BackupTasks, useBackupTasks } from "./backup-tasks";
import { BackupsPanel } from "./backups-panel";
import { CreateBackup } from "./create-backup";
import { ScheduleCard } from "./schedule-card";
import type { BackupActions, BackupReasons, CreateBackupAction, ScheduleActions } from "./types";

interface VmBackupsProps {
  vm: VmDetail;
  slug: string;
  backups: readonly BackupView[];
  schedule: ScheduleView | null;
  quota: Quota;
  forbidden: BackupReasons;
  create: CreateBackupAction;
  actions: BackupActions;
  scheduleActions: ScheduleActions;
  mayCancel: boolean;
  cancel: CancelTaskAction;
}

/** The backups of one VM, and the way to another one. */
export function VmBackups(props: VmBackupsProps) {
  const { vm, slug, backups, quota, forbidden, create, actions, mayCancel, cancel } = props;
  const t = useTranslations("backup");
  const targets = new Set([vm.id, ...backups.map((backup) => backup.id)]);
  const making = useBackupTasks(targets).some(
    (task) => task.kind === "backup.create" && isOpen(task),
  );
  const button = (
    <CreateBackup
      vm={vm}
      quota={quota}
      blocked={forbidden.create ?? (making ? t("busy") : null)}
      create={create}
    />
  );
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      {backups.length > 0 && (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="max-w-prose text-muted">{t("description")}</p>
          {button}
        </div>
      )}
      <BackupTasks targets={targets} mayCancel={mayCancel} cancel={cancel} />
      <BackupsPanel
        backups={backups}
        slug={slug}
        quota={quota}
        forbidden={forbidden}
        actions={actions}
        ofProject={false}
        begin={button}
      />
      <ScheduleCard
        vm={vm}
        schedule={props.schedule}
        forbidden={forbidden.schedule}
        actions={props.scheduleActions}
      />
    </div>
  );
}
