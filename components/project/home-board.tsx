"use client";

import { useTranslations } from "next-intl";
import { useLiveImages, useLiveTasks, useLiveVms } from "@/components/shell/live-provider";
import { isOpen, mergeTasks } from "@/components/task/merge-tasks";
import { TaskItem } from "@/components/task/task-item";
import type { CancelTaskAction } from "@/components/task/types";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { useErrorText } from "@/components/ui/use-error-text";
import { VmStateLabel } from "@/components/vm/vm-state";
import type { UserMessage } from "@/lib/model/errors";
import { type ImageView, isReadyIso } from "@/lib/model/image";
import type { TaskView } from "@/lib/model/task";
import type { VmView } from "@/lib/model/vm";
import { FirstSteps } from "./first-steps";

interface HomeBoardProps {
  slug: string;
  initial: { vms: VmView[]; tasks: TaskView[]; images: ImageView[] };
  /** VMs whose schedule did not come to a backup the last time, and why. */
  unsaved: readonly { vmId: string; vmName: string; error: UserMessage }[];
  consoleOpened: boolean;
  /** Why the person may not; null when he may. */
  forbidden: { upload: string | null; create: string | null; console: string | null };
  mayCancel: boolean;
  cancel: CancelTaskAction;
}

const troubled = ["paused_io_error", "crashed", "missing", "unknown"] as const;
type Trouble = (typeof troubled)[number];
const noTasks = [] as const;

/** What a project's people want to see first: what needs them, and what is under way. Live. */
export function HomeBoard(props: HomeBoardProps) {
  const { slug, initial, unsaved, consoleOpened, forbidden, mayCancel, cancel } = props;
  const t = useTranslations("project.home");
  const words = useTranslations("common.tasks");
  const vms = useLiveVms(initial.vms);
  const images = useLiveImages(initial.images);
  const tasks = mergeTasks(initial.tasks, useLiveTasks(noTasks), () => true).filter(isOpen);
  const base = `/p/${slug}`;
  const [first] = vms;
  const done = {
    upload: images.some(isReadyIso),
    create: vms.length > 0,
    console: consoleOpened,
  };
  return (
    <>
      {!(done.create && done.console) && (
        <FirstSteps
          slug={slug}
          done={done}
          consoleHref={first ? `${base}/vms/${first.id}/console` : null}
          forbidden={forbidden}
        />
      )}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card
          title={t("vms")}
          aside={
            <Link href={`${base}/vms`} className="font-medium text-13 text-accent-text underline">
              {t("allVms")}
            </Link>
          }
        >
          <p className="mb-3">
            {t("running", {
              running: vms.filter((vm) => vm.bootId !== null).length,
              count: vms.length,
            })}
          </p>
          <Attention vms={vms} base={base} />
          <Unsaved unsaved={unsaved} base={base} />
        </Card>
        <Card title={words("underWay")}>
          {tasks.length === 0 ? (
            <p className="text-muted">{words("none")}</p>
          ) : (
            <ul className="flex flex-col gap-4">
              {tasks.map((task) => (
                <li key={task.id}>
                  <TaskItem task={task} href={null} mayCancel={mayCancel} cancel={cancel} />
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </>
  );
}

function Attention({ vms, base }: { vms: readonly VmView[]; base: string }) {
  const t = useTranslations("project.home");
  const hint = useTranslations("vm.stateHint");
  const rows = vms.flatMap((vm) => {
    const trouble = troubled.find((state): state is Trouble => state === vm.state);
    return trouble ? [{ vm, trouble }] : [];
  });
  if (rows.length === 0) return <p className="text-muted">{t("allWell")}</p>;
  return (
    <>
      <h3 className="mb-2 font-medium text-13">{t("attention", { count: rows.length })}</h3>
      <ul className="flex flex-col gap-3">
        {rows.map(({ vm, trouble }) => (
          <li key={vm.id} className="text-13">
            <span className="flex flex-wrap items-center gap-x-3">
              <Link href={`${base}/vms/${vm.id}`} className="font-medium hover:underline">
                {vm.name}
              </Link>
              <VmStateLabel state={vm.state} />
            </span>
            <span className="text-muted">{hint(trouble)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Unsaved({ unsaved, base }: { unsaved: HomeBoardProps["unsaved"]; base: string }) {
  const t = useTranslations("project.home");
  const errorText = useErrorText();
  if (unsaved.length === 0) return null;
  return (
    <>
      <h3 className="mt-4 mb-2 font-medium text-13">
        {t("backupsFailed", { count: unsaved.length })}
      </h3>
      <ul className="flex flex-col gap-3">
        {unsaved.map(({ vmId, vmName, error }) => (
          <li key={vmId} className="text-13">
            <Link href={`${base}/vms/${vmId}/backups`} className="font-medium hover:underline">
              {vmName}
            </Link>
            <span className="block text-muted">{errorText(error)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
