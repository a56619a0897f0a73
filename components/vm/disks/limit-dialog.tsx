"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/use-error-text";
import { limitDiskCommands } from "@/lib/model/disk-commands";
import { diskLimitsSchema, noDiskLimits } from "@/lib/model/disk-limits";
import type { VmDetail, VmDiskView } from "@/lib/model/vm";
import { wholeNumber } from "../create/form-state";
import { HardwareDialog } from "../hardware-dialog";
import { useHardwareCall } from "../use-hardware-call";
import type { LimitDiskAction } from "./types";

interface LimitDialogProps {
  vm: VmDetail;
  disk: VmDiskView;
  setLimits: LimitDiskAction;
  onClose: () => void;
}

const figures = [
  ["iops", "IOPS"],
  ["iopsBurst", "IOPS"],
  ["mibps", "MiB/s"],
  ["mibpsBurst", "MiB/s"],
] as const;

/** What a disk's traffic is held to; an empty field is no limit. */
export function LimitDialog({ vm, disk, setLimits, onClose }: LimitDialogProps) {
  const t = useTranslations("vm.hardware");
  const errorText = useErrorText();
  const { run, ...call } = useHardwareCall(onClose);
  const { target, limits } = disk;
  const [text, setText] = useState(() => ({
    iops: String(limits.iops ?? ""),
    iopsBurst: String(limits.iopsBurst ?? ""),
    mibps: String(limits.mibps ?? ""),
    mibpsBurst: String(limits.mibpsBurst ?? ""),
  }));
  const figureOf = (typed: string) => (typed.trim() === "" ? null : (wholeNumber(typed) ?? 0));
  const read = diskLimitsSchema.safeParse({
    iops: figureOf(text.iops),
    iopsBurst: figureOf(text.iopsBurst),
    mibps: figureOf(text.mibps),
    mibpsBurst: figureOf(text.mibpsBurst),
  });
  const wrong = (name: string) =>
    read.error?.issues.find((issue) => issue.path[0] === name)?.message ?? null;
  const [first] = read.error?.issues ?? [];
  const live = vm.bootId !== null;
  const wanted = read.data ?? noDiskLimits;
  return (
    <HardwareDialog
      title={t("limitDiskTitle", { target })}
      note={t(live ? "limitDiskLive" : "limitDiskOff")}
      commands={read.success ? limitDiskCommands(vm.domainName, target, wanted, live) : []}
      change={{ verb: "setDiskLimits", input: { target, ...wanted } }}
      confirm={t("limitDiskConfirm")}
      blocked={first ? errorText({ key: first.message }) : null}
      call={call}
      onConfirm={() =>
        run(() => setLimits({ vmId: vm.id, target, ...wanted }), t("diskLimited", { target }))
      }
      onClose={onClose}
    >
      <p className="text-13 text-muted">{t("limitsLeaveEmpty")}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        {figures.map(([name, unit]) => {
          const key = wrong(name);
          return (
            <Field key={name} label={t(name)} error={key && errorText({ key })}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  autoComplete="off"
                  unit={unit}
                  value={text[name]}
                  onChange={(event) => setText({ ...text, [name]: event.target.value })}
                />
              )}
            </Field>
          );
        })}
      </div>
    </HardwareDialog>
  );
}
