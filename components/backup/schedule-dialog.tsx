"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { useReaderZone } from "@/components/ui/use-reader-zone";
import { useSubmit } from "@/components/ui/use-submit";
import {
  type Schedule,
  type ScheduleKind,
  scheduleHours,
  scheduleKinds,
  scheduleSchema,
} from "@/lib/model/backup-schedule";
import type { ScheduleActions } from "./types";

interface ScheduleDialogProps {
  vm: { id: string; name: string };
  schedule: Schedule | null;
  set: ScheduleActions["set"];
  onClose: () => void;
}

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
/** At night, where most people are. */
const usual = { every: "day", minuteOfDay: 180, keepLast: 7 } as const;
const numberOf = (text: string) => (text.trim() === "" ? null : Number(text));
const two = (part: number) => String(part).padStart(2, "0");

/** When a VM is backed up by itself, and how long those are kept. */
export function ScheduleDialog({ vm, schedule, set, onClose }: ScheduleDialogProps) {
  const t = useTranslations("backup.schedule");
  const format = useFormatter();
  const errorText = useErrorText();
  const own = useReaderZone();
  const { busy, failure, submit } = useSubmit();
  const first = schedule ?? scheduleSchema.parse({ ...usual, zone: own });
  const [every, setEvery] = useState<ScheduleKind>(first.every);
  const [hours, setHours] = useState(first.hours);
  const [weekday, setWeekday] = useState(first.weekday);
  const [time, setTime] = useState(
    `${two(Math.floor(first.minuteOfDay / 60))}:${two(first.minuteOfDay % 60)}`,
  );
  const [zone, setZone] = useState(first.zone);
  const [keepLast, setKeepLast] = useState(String(first.keepLast ?? ""));
  const [keepDays, setKeepDays] = useState(String(first.keepDays ?? ""));
  const [fullEvery, setFullEvery] = useState(String(first.fullEvery));
  const [quiesce, setQuiesce] = useState(first.quiesce);
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const parsed = scheduleSchema.safeParse({
    every,
    hours,
    weekday,
    minuteOfDay: 60 * hour + minute,
    zone,
    keepLast: numberOf(keepLast),
    keepDays: numberOf(keepDays),
    fullEvery: numberOf(fullEvery) ?? 1,
    quiesce,
  });
  const wrong = parsed.success ? [] : parsed.error.issues;
  const wrongOf = (name: string) => {
    const issue = wrong.find((each) => each.path[0] === name);
    if (issue === undefined) return null;
    return errorText({ key: issue.message.startsWith("field.") ? issue.message : "field.keep" });
  };
  const zones = [...new Set(["UTC", own, first.zone])];

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (!parsed.success) return;
    if (!(await submit(() => set({ vmId: vm.id, ...parsed.data })))) return;
    toast.info(t("set", { name: vm.name }));
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t("dialog", { name: vm.name })} className="text-left">
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4 pb-2">
        <Field label={t("every")}>
          {(control) => (
            <Select
              {...control}
              data-autofocus
              value={every}
              onChange={({ target }) =>
                setEvery(scheduleKinds.find((kind) => kind === target.value) ?? "day")
              }
            >
              {scheduleKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`kinds.${kind}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {every === "hours" && (
          <Field label={t("hours")} hint={t("hoursHint")}>
            {(control) => (
              <Select
                {...control}
                value={hours}
                onChange={({ target }) => setHours(Number(target.value))}
              >
                {scheduleHours.map((each) => (
                  <option key={each} value={each}>
                    {t("everyHours", { hours: each })}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {every === "week" && (
          <Field label={t("weekday")}>
            {(control) => (
              <Select
                {...control}
                value={weekday}
                onChange={({ target }) => setWeekday(Number(target.value))}
              >
                {weekdays.map((day) => (
                  <option key={day} value={day}>
                    {format.dateTime(new Date(Date.UTC(2024, 0, day)), {
                      weekday: "long",
                      timeZone: "UTC",
                    })}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {every !== "hours" && (
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t("time")}>
              {(control) => (
                <Input
                  {...control}
                  type="time"
                  required
                  value={time}
                  onChange={({ target }) => setTime(target.value)}
                />
              )}
            </Field>
            <Field label={t("zone")}>
              {(control) => (
                <Select {...control} value={zone} onChange={({ target }) => setZone(target.value)}>
                  {zones.map((each) => (
                    <option key={each}>{each}</option>
                  ))}
                </Select>
              )}
            </Field>
          </div>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("keepLast")} optional={t("optional")} error={wrongOf("keepLast")}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                value={keepLast}
                onChange={({ target }) => setKeepLast(target.value)}
              />
            )}
          </Field>
          <Field label={t("keepDays")} optional={t("optional")} error={wrongOf("keepDays")}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                value={keepDays}
                onChange={({ target }) => setKeepDays(target.value)}
              />
            )}
          </Field>
        </div>
        <p className="text-13 text-muted">{t("keepHint")}</p>
        <Field label={t("fullEvery")} hint={t("fullEveryHint")} error={wrongOf("fullEvery")}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={fullEvery}
              onChange={({ target }) => setFullEvery(target.value)}
            />
          )}
        </Field>
        <Checkbox
          label={t("quiesce")}
          checked={quiesce}
          onChange={({ target }) => setQuiesce(target.checked)}
        />
        <DialogEnd failure={failure} onCancel={onClose}>
          <ReasonButton
            type="submit"
            variant="primary"
            busy={busy}
            disabledReason={parsed.success ? null : t("wrong")}
            align="end"
          >
            {t("confirm")}
          </ReasonButton>
        </DialogEnd>
      </form>
    </Dialog>
  );
}
