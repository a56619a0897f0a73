"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { callAction } from "@/components/ui/call-action";
import { formatBytes, formatSeconds } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { Progress } from "@/components/ui/progress";
import { ReasonButton } from "@/components/ui/reason-button";
import { TimeAgo } from "@/components/ui/time-ago";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { endedTaskStates, type TaskView } from "@/lib/model/task";
import { StepLabel, TaskStateLabel } from "./task-state";
import type { CancelTaskAction } from "./types";

const MS_PER_S = 1000;

interface TaskItemProps {
  task: TaskView;
  /** Of the thing it works on; null where there is no page for it. */
  href: string | null;
  mayCancel: boolean;
  cancel: CancelTaskAction;
}

/** One task: what, how far, its steps, and why it failed. */
export function TaskItem({ task, href, mayCancel, cancel }: TaskItemProps) {
  const t = useTranslations("task");
  const words = useTranslations("common.tasks");
  const ended = endedTaskStates.includes(task.state);
  const title = `${t(`kind.${task.kind}`)}: ${task.targetName}`;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <p className="min-w-0">
          <span className="text-muted">{t(`kind.${task.kind}`)}</span>{" "}
          {href ? (
            <Link href={href} className="break-words font-medium hover:underline">
              {task.targetName}
            </Link>
          ) : (
            <span className="break-words font-medium">{task.targetName}</span>
          )}
        </p>
        <div className="flex items-center gap-3 text-13">
          <span role="status">
            <TaskStateLabel state={task.state} />
          </span>
          {task.cancellable && (
            <CancelButton task={task} title={title} mayCancel={mayCancel} cancel={cancel} />
          )}
        </div>
      </div>
      {!ended && (
        <Progress percent={task.progressPercent} label={words("progress", { task: title })} />
      )}
      <TaskError task={task} />
      <FileSizes task={task} />
      {task.steps.length > 0 && (
        <details open={!ended || task.state === "failed"} className="text-13">
          <summary className="w-fit rounded text-muted hover:text-ink">{words("steps")}</summary>
          <ol
            aria-label={words("stepsOf", { task: title })}
            className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1"
          >
            {task.steps.map((step) => (
              <li key={step.name}>
                <StepLabel name={t(`step.${task.kind}.${step.name}`)} state={step.state} />
              </li>
            ))}
          </ol>
        </details>
      )}
      <TaskTimes task={task} />
    </div>
  );
}

function TaskError({ task }: { task: TaskView }) {
  const words = useTranslations("common.tasks");
  const errorText = useErrorText();
  if (!task.error) return null;
  return (
    <div className="text-13">
      <p className="text-bad-text">{errorText(task.error)}</p>
      {task.error.detail && (
        <details className="mt-0.5">
          <summary className="w-fit rounded text-muted hover:text-ink">{words("detail")}</summary>
          <p className="mt-1 break-words rounded bg-raised px-2 py-1 font-mono text-xs">
            {task.error.detail}
          </p>
        </details>
      )}
    </div>
  );
}

/** What came of writing a disk's file anew. */
function FileSizes({ task }: { task: TaskView }) {
  const words = useTranslations("common.tasks");
  const locale = useLocale();
  if (task.fileSizes === null) return null;
  const { beforeBytes, afterBytes } = task.fileSizes;
  const before = formatBytes(beforeBytes, locale);
  const after = formatBytes(afterBytes, locale);
  return <p className="text-13">{words("fileSizes", { before, after })}</p>;
}

function TaskTimes({ task }: { task: TaskView }) {
  const words = useTranslations("common.tasks");
  const locale = useLocale();
  const tookS =
    task.startedAt && task.endedAt
      ? (Date.parse(task.endedAt) - Date.parse(task.startedAt)) / MS_PER_S
      : null;
  return (
    <p className="flex flex-wrap gap-x-3 text-muted text-xs">
      <TimeAgo at={task.createdAt} />
      <span>{words("by", { name: task.actorName })}</span>
      {tookS !== null && <span>{words("took", { time: formatSeconds(tookS, locale) })}</span>}
    </p>
  );
}

interface CancelButtonProps {
  task: TaskView;
  title: string;
  mayCancel: boolean;
  cancel: CancelTaskAction;
}

function CancelButton({ task, title, mayCancel, cancel }: CancelButtonProps) {
  const words = useTranslations("common.tasks");
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);

  async function run() {
    setBusy(true);
    const result = await callAction(() => cancel({ taskId: task.id }));
    setBusy(false);
    if (result.ok) toast.info(words("cancelled"));
    else toast.bad(errorText(result.error.message));
  }

  return (
    <ReasonButton
      size="sm"
      busy={busy}
      aria-label={words("cancelOf", { task: title })}
      align="end"
      disabledReason={mayCancel ? null : words("mayNot")}
      onClick={run}
    >
      {words("cancel")}
    </ReasonButton>
  );
}
