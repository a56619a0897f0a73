"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { RecordedSign } from "@/components/recording/recorded-sign";
import {
  useLiveConsoles,
  useLivePut,
  useLiveStatus,
  useLiveTasks,
  useLiveVm,
  usePortalAnswers,
} from "@/components/shell/live-provider";
import { mergeTasks } from "@/components/task/merge-tasks";
import { TaskItem } from "@/components/task/task-item";
import type { CancelTaskAction } from "@/components/task/types";
import { callAction } from "@/components/ui/call-action";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import type { ClipboardAction, EjectAction, PowerAction, ProjectRef } from "@/components/vm/types";
import { eventsOf, useVmDetail } from "@/components/vm/use-vm-detail";
import type { VmDetail } from "@/lib/model/vm";
import { ConsoleScreen } from "./console-screen";
import type { ControlAction } from "./console-screen-props";
import { fetchTicket } from "./fetch-ticket";
import type { ShareActions } from "./share-types";
import { type StartActions, StartMenu } from "./start-menu";
import type { WatchActions } from "./watch/types";

interface LiveConsoleProps {
  detail: VmDetail;
  project: ProjectRef;
  /** Why the person may not use power verbs; null when allowed. */
  powerForbidden: string | null;
  mayEject: boolean;
  mayCancel: boolean;
  start: StartActions;
  power: PowerAction;
  eject: EjectAction;
  cancelTask: CancelTaskAction;
  control: ControlAction;
  shares: ShareActions | null;
  setClipboard: ClipboardAction;
  /** Why the person may not change it; null when he may. */
  clipboardForbidden: string | null;
  /** Null when the person may have nothing watched. */
  watches: WatchActions | null;
  /** The project wants screens recorded that somebody is at. */
  recordsScreens: boolean;
  /** This is the tab that shows the console alone. */
  alone: boolean;
}

const noTasks = [] as const;

/** A VM's console that follows the VM: while it is made, through stops and starts, to its end. */
export function LiveConsole(props: LiveConsoleProps) {
  const { detail, project } = props;
  const t = useTranslations("console.creating");
  const hardware = useTranslations("vm.hardware");
  const put = useLivePut();
  const live = useLiveVm(detail);
  const full = useVmDetail(detail);
  const { disks, clipboard, video } = full;
  const consoles = useLiveConsoles(detail.id);
  const portalHeard = useLiveStatus() === "open";
  const portalAnswers = usePortalAnswers();
  const tasks = mergeTasks(
    detail.tasks,
    useLiveTasks(noTasks),
    (task) => task.targetId === detail.id,
  );
  const making = tasks.find((task) => task.kind === "vm.create");
  const href = `/p/${project.slug}/vms/${detail.id}/console`;
  const openTicket = useCallback(
    (signal: AbortSignal) => fetchTicket(`${href}/ticket`, signal),
    [href],
  );
  const vm = live ?? detail;

  async function shareClipboard() {
    const result = await callAction(() => props.setClipboard({ vmId: detail.id, clipboard: true }));
    if (!result.ok) return result.error.message;
    eventsOf(result.value).forEach(put);
    return null;
  }

  const drive = disks.find((disk) => disk.device === "cdrom" && disk.filled);

  const steps = making && (
    <TaskItem task={making} href={null} mayCancel={props.mayCancel} cancel={props.cancelTask} />
  );
  if (making?.state === "failed" || making?.state === "cancelled") {
    return (
      <Card title={t("failed", { name: vm.name })} className="m-4 md:m-6">
        <div className="flex flex-col items-start gap-4">
          {steps}
          <LinkButton size="sm" href={`/p/${project.slug}/vms`}>
            {t("toList")}
          </LinkButton>
        </div>
      </Card>
    );
  }
  return (
    <ConsoleScreen
      vm={vm}
      removed={live === null}
      video={video}
      portalHeard={portalHeard}
      onConnected={portalAnswers}
      openTicket={openTicket}
      href={href}
      power={props.power}
      powerForbidden={props.powerForbidden}
      media={
        props.mayEject && drive ? (drive.imageName ?? drive.volume ?? hardware("foreign")) : null
      }
      eject={props.eject}
      start={<StartMenu vm={full} actions={props.start} />}
      clipboard={{
        view: clipboard,
        forbidden: props.clipboardForbidden,
        turnOn: shareClipboard,
      }}
      consoles={consoles}
      control={props.control}
      shares={props.shares}
      watches={props.watches}
      sign={<RecordedSign now={consoles.recorded} wanted={props.recordsScreens} />}
      onEjected={(ejected) => eventsOf(ejected).forEach(put)}
      waiting={
        <Card
          title={t("title", { name: vm.name })}
          description={t("body")}
          className="w-full max-w-md"
        >
          {steps}
        </Card>
      }
      popOutHref={props.alone ? null : `${href}?alone=1`}
    />
  );
}
