"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/use-error-text";
import {
  type DiskSettingsAsked,
  diskBuses,
  diskCaches,
  diskDiscards,
  diskSettingsSchema,
  SERIAL_LENGTH,
} from "@/lib/model/disk-settings";
import { diskSettingsCommands } from "@/lib/model/disk-settings-commands";
import { planDiskSettings } from "@/lib/model/disk-settings-plan";
import type { VmDetail, VmDiskView } from "@/lib/model/vm";
import { HardwareDialog } from "../hardware-dialog";
import { useHardwareCall } from "../use-hardware-call";
import { holderOf } from "./holder-of";
import { SettingField } from "./setting-field";
import type { PlanSettingsAction, SetSettingsAction } from "./types";
import { useDirectIo } from "./use-direct-io";

interface SettingsDialogProps {
  vm: VmDetail;
  disk: VmDiskView;
  plan: PlanSettingsAction;
  set: SetSettingsAction;
  onClose: () => void;
}

/** Bus, cache, discard and serial number of a disk, and what another of them will mean. */
export function SettingsDialog({ vm, disk, plan: ask, set, onClose }: SettingsDialogProps) {
  const t = useTranslations("vm.diskSettings");
  const errorText = useErrorText();
  const { run, ...call } = useHardwareCall(onClose);
  const { target } = disk;
  const before = disk.nextSettings ?? disk.settings;
  const [chosen, setChosen] = useState<Omit<DiskSettingsAsked, "serial">>({});
  const [serial, setSerial] = useState(before.serial ?? "");
  const directIo = useDirectIo(vm.id, target, ask);

  const typed = serial.trim();
  const sameSerial = typed === (before.serial ?? "");
  const asked = { ...chosen, ...(!sameSerial && { serial: typed === "" ? null : typed }) };
  const wrong = diskSettingsSchema.safeParse(asked).error?.issues[0]?.message ?? null;
  const drives = vm.disks.map((each) => ({
    ...each,
    settings: each.nextSettings ?? each.settings,
  }));
  const plan = planDiskSettings(holderOf(vm), target, asked, { drives, directIo });
  if (plan === null) return null;
  const problem = plan.problem && errorText(plan.problem);
  const unread = wrong && errorText({ key: wrong });
  const shown = (value: string | null) => value ?? t("none");
  return (
    <HardwareDialog
      title={t("title", { target })}
      note={t(`when.${plan.when}`)}
      commands={(problem ?? unread) ? [] : diskSettingsCommands(vm.domainName, target, plan)}
      change={{ verb: "setDiskSettings", input: { target, ...asked } }}
      confirm={t("confirm")}
      blocked={unread ?? problem ?? (plan.when === "unchanged" ? t("when.unchanged") : null)}
      call={call}
      onConfirm={() => run(() => set({ vmId: vm.id, target, ...asked }), t("saved", { target }))}
      onClose={onClose}
    >
      <p className="text-13 text-muted">{t("hint")}</p>
      <SettingField
        label={t("bus")}
        values={diskBuses}
        before={before.bus}
        chosen={chosen.bus}
        wordsOf={(bus) => t(`buses.${bus}`)}
        onChoose={(bus) => setChosen({ ...chosen, bus })}
      />
      <SettingField
        label={t("cache")}
        values={diskCaches}
        before={before.cache}
        chosen={chosen.cache}
        wordsOf={(cache) => t(`caches.${cache}`)}
        onChoose={(cache) => setChosen({ ...chosen, cache })}
      />
      <SettingField
        label={t("discard")}
        values={diskDiscards}
        before={before.discard}
        chosen={chosen.discard}
        wordsOf={(discard) => t(`discards.${discard}`)}
        onChoose={(discard) => setChosen({ ...chosen, discard })}
      />
      <Field label={t("serial")} hint={t("serialHint")} error={unread}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            spellCheck={false}
            maxLength={SERIAL_LENGTH}
            className="font-mono"
            value={serial}
            onChange={(event) => setSerial(event.target.value)}
          />
        )}
      </Field>
      {problem !== null && <Callout tone="bad">{problem}</Callout>}
      {plan.changes.length > 0 && (
        <ul className="flex flex-col gap-1 font-mono text-xs" aria-label={t("title", { target })}>
          {plan.changes.map(({ field, from, to }) => (
            <li key={field}>
              {t("change", { field: t(field), from: shown(from), to: shown(to) })}
            </li>
          ))}
        </ul>
      )}
      {plan.warnings.length > 0 && (
        <Callout tone="warn" role="status">
          <ul className="flex list-disc flex-col gap-1 pl-4">
            {plan.warnings.map((each) => (
              <li key={each}>{t(`warnings.${each}`, { target })}</li>
            ))}
          </ul>
        </Callout>
      )}
    </HardwareDialog>
  );
}
