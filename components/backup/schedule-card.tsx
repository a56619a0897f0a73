"use client";

import { CalendarClock } from "lucide-react";
import dynamic from "next/dynamic";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { LocalTime } from "@/components/ui/local-time";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { Schedule, ScheduleView } from "@/lib/model/backup-schedule";
import type { ScheduleActions } from "./types";

const ScheduleDialog = dynamic(
  () => import("./schedule-dialog").then((module) => module.ScheduleDialog),
  { ssr: false },
);
const ConfirmDialog = dynamic(
  () => import("@/components/ui/confirm-dialog").then((module) => module.ConfirmDialog),
  { ssr: false },
);

interface ScheduleCardProps {
  vm: { id: string; name: string };
  schedule: ScheduleView | null;
  /** Why the person may not change it; null when he may. */
  forbidden: string | null;
  actions: ScheduleActions;
}

/** When a VM is backed up by itself, what came of the last time, and the way to change it. */
export function ScheduleCard({ vm, schedule, forbidden, actions }: ScheduleCardProps) {
  const t = useTranslations("backup.schedule");
  const errorText = useErrorText();
  const when = useWhen();
  const [asked, setAsked] = useState<"set" | "remove" | null>(null);
  const close = () => setAsked(null);

  async function remove() {
    close();
    const result = await callAction(() => actions.remove({ vmId: vm.id }));
    if (result.ok) toast.info(t("removed", { name: vm.name }));
    else toast.bad(errorText(result.error.message));
  }

  return (
    <Card
      title={t("title")}
      description={schedule === null ? t("none") : when(schedule)}
      aside={
        <span className="flex flex-wrap gap-2">
          {schedule !== null && (
            <ReasonButton disabledReason={forbidden} align="end" onClick={() => setAsked("remove")}>
              {t("remove")}
            </ReasonButton>
          )}
          <ReasonButton
            icon={<CalendarClock aria-hidden="true" />}
            disabledReason={forbidden}
            align="end"
            onClick={() => setAsked("set")}
          >
            {t(schedule === null ? "add" : "change")}
          </ReasonButton>
        </span>
      }
    >
      {schedule === null ? (
        <p className="max-w-prose text-muted">{t("hint")}</p>
      ) : (
        <ScheduleFacts schedule={schedule} />
      )}
      {asked === "set" && (
        <ScheduleDialog vm={vm} schedule={schedule} set={actions.set} onClose={close} />
      )}
      {asked === "remove" && (
        <ConfirmDialog
          danger
          title={t("removeTitle", { name: vm.name })}
          body={t("removeBody")}
          confirm={t("removeConfirm")}
          onClose={close}
          onConfirm={() => void remove()}
        />
      )}
    </Card>
  );
}

function ScheduleFacts({ schedule }: { schedule: ScheduleView }) {
  const t = useTranslations("backup.schedule");
  const errorText = useErrorText();
  const { nextAt, waiting, last, keepLast, keepDays } = schedule;
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid gap-x-6 gap-y-1 text-13 sm:grid-cols-[auto_1fr]">
        <dt className="text-muted">{t("next")}</dt>
        <dd>
          <LocalTime at={nextAt} />
        </dd>
        <dt className="text-muted">{t("last")}</dt>
        <dd>
          {last === null ? (
            t("never")
          ) : (
            <>
              <LocalTime at={last.at} /> · {t(`outcome.${last.outcome}`)}
            </>
          )}
        </dd>
        <dt className="text-muted">{t("kept")}</dt>
        <dd>{t("keeps", { last: keepLast ?? 0, days: keepDays ?? 0 })}</dd>
      </dl>
      {waiting && (
        <Callout tone="warn" title={t("waiting")}>
          {errorText(waiting)} {t("until")} <LocalTime at={waiting.until} />
        </Callout>
      )}
      {last?.error && (
        <Callout tone="bad" title={t("failed")}>
          {errorText(last.error)}
        </Callout>
      )}
      {last?.late && (
        <Callout title={t("late")}>
          {t("lateBody", { missed: last.missed })} <LocalTime at={last.dueAt} />
        </Callout>
      )}
    </div>
  );
}

/** Puts a schedule's times into words. */
function useWhen(): (schedule: Schedule) => string {
  const t = useTranslations("backup.schedule");
  const format = useFormatter();
  return ({ every, hours, weekday, minuteOfDay, zone }) => {
    if (every === "hours") return t("everyHours", { hours });
    // The first of January 2024 was a Monday.
    const at = new Date(Date.UTC(2024, 0, weekday, 0, minuteOfDay));
    const time = format.dateTime(at, {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZone: "UTC",
    });
    if (every === "day") return t("everyDay", { time, zone });
    const day = format.dateTime(at, { weekday: "long", timeZone: "UTC" });
    return t("everyWeek", { day, time, zone });
  };
}
