"use client";

import { Camera } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFollowServer } from "@/components/shell/follow-server";
import { useLiveTasks, useLiveVm } from "@/components/shell/live-provider";
import { isOpen } from "@/components/task/merge-tasks";
import { TaskItem } from "@/components/task/task-item";
import type { CancelTaskAction } from "@/components/task/types";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import type { Quota } from "@/lib/model/quota";
import { type SnapshotSet, type SnapshotView, snapshotLimits } from "@/lib/model/snapshot";
import { planCreate } from "@/lib/model/snapshot-plan";
import type { VmDetail } from "@/lib/model/vm";
import { freeName } from "./free-name";
import { SnapshotTable } from "./snapshot-table";
import type { SnapshotActions } from "./types";

const CreateDialog = dynamic(
  () => import("./create-dialog").then((module) => module.CreateDialog),
  {
    ssr: false,
  },
);
const RevertDialog = dynamic(
  () => import("./revert-dialog").then((module) => module.RevertDialog),
  {
    ssr: false,
  },
);
const DeleteDialog = dynamic(
  () => import("./delete-dialog").then((module) => module.DeleteDialog),
  {
    ssr: false,
  },
);
const EditDialog = dynamic(() => import("./edit-dialog").then((module) => module.EditDialog), {
  ssr: false,
});

type Asked = { verb: "create" } | { verb: "edit" | "revert" | "delete"; of: SnapshotView };

interface SnapshotsPanelProps {
  vm: VmDetail;
  set: SnapshotSet;
  quota: Quota;
  /** Why the person may change nothing here; null when he may. */
  forbidden: string | null;
  actions: SnapshotActions;
  mayCancel: boolean;
  cancel: CancelTaskAction;
}

/** A VM's snapshots, as its host has them; what the stream tells of makes the server render anew. */
export function SnapshotsPanel(props: SnapshotsPanelProps) {
  const { vm, set, quota, forbidden, actions, mayCancel, cancel } = props;
  const t = useTranslations("snapshot");
  const errorText = useErrorText();
  const [asked, setAsked] = useState<Asked | null>(null);
  const live = useLiveVm(vm) ?? vm;
  useFollowServer(vm.snapshots, live.snapshots);
  const running = useLiveTasks(vm.tasks).filter(
    (task) => task.targetId === vm.id && task.kind.startsWith("snapshot.") && isOpen(task),
  );
  const suggested = (stem: string) => freeName(set.snapshots, stem);
  const { problem } = planCreate(set, { name: suggested("snapshot") });
  const waits = running.length > 0 ? t("busy") : null;
  const close = () => setAsked(null);

  const take = (
    <ReasonButton
      variant="primary"
      icon={<Camera aria-hidden="true" />}
      align="end"
      disabledReason={forbidden ?? waits ?? (problem ? errorText(problem) : null)}
      onClick={() => setAsked({ verb: "create" })}
    >
      {t("take")}
    </ReasonButton>
  );
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      {set.snapshots.length > 0 && (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="max-w-prose text-muted">
            {t("description")}{" "}
            {t("count", { count: set.snapshots.length, limit: snapshotLimits.perVm })}
          </p>
          {take}
        </div>
      )}
      {problem && !forbidden && <Callout>{errorText(problem)}</Callout>}
      {running.length > 0 && (
        <ul aria-label={t("underWay")} className="rounded-lg border border-line bg-surface">
          {running.map((task) => (
            <li key={task.id} className="px-4 py-3">
              <TaskItem task={task} href={null} mayCancel={mayCancel} cancel={cancel} />
            </li>
          ))}
        </ul>
      )}
      {set.snapshots.length === 0 ? (
        <EmptyState icon={<Camera aria-hidden="true" />} title={t("empty.title")} action={take}>
          {t("empty.body")}
        </EmptyState>
      ) : (
        <SnapshotTable
          snapshots={set.snapshots}
          forbidden={forbidden ?? waits}
          onAsk={(verb, of) => setAsked({ verb, of })}
        />
      )}
      {asked?.verb === "create" && (
        <CreateDialog
          vmId={vm.id}
          set={set}
          quota={quota}
          suggested={suggested("snapshot")}
          create={actions.create}
          onClose={close}
        />
      )}
      {asked?.verb === "revert" && (
        <RevertDialog
          vm={vm}
          set={set}
          to={asked.of}
          quota={quota}
          suggested={suggested("before-revert")}
          revert={actions.revert}
          onClose={close}
        />
      )}
      {asked?.verb === "delete" && (
        <DeleteDialog
          vmId={vm.id}
          set={set}
          name={asked.of.name}
          remove={actions.remove}
          onClose={close}
        />
      )}
      {asked?.verb === "edit" && (
        <EditDialog
          vmId={vm.id}
          set={set}
          snapshot={asked.of}
          edit={actions.edit}
          onClose={close}
        />
      )}
    </div>
  );
}
