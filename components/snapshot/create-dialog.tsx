"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { useOverReason } from "@/components/quota/use-over-reason";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCard } from "@/components/ui/radio-card";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { useSubmit } from "@/components/ui/use-submit";
import { VirshLine } from "@/components/ui/virsh-line";
import { askedBySnapshot, judgeQuota, type Quota } from "@/lib/model/quota";
import { type SnapshotSet, snapshotLimits } from "@/lib/model/snapshot";
import { createCommands } from "@/lib/model/snapshot-commands";
import {
  diskOnlyProblem,
  memoryProblem,
  planCreate,
  quiesceProblem,
} from "@/lib/model/snapshot-plan";
import type { SnapshotActions } from "./types";

interface CreateDialogProps {
  vmId: string;
  set: SnapshotSet;
  quota: Quota;
  suggested: string;
  create: SnapshotActions["create"];
  onClose: () => void;
}

/** What is kept and how, before it is taken; by the plan that the server follows. */
export function CreateDialog({ vmId, set, quota, suggested, create, onClose }: CreateDialogProps) {
  const t = useTranslations("snapshot.create");
  const errorText = useErrorText();
  const overReason = useOverReason();
  const { busy, failure, submit } = useSubmit();
  const noMemory = memoryProblem(set);
  const noDisk = diskOnlyProblem(set);
  const [name, setName] = useState(suggested);
  const [description, setDescription] = useState("");
  const [memory, setMemory] = useState(noMemory === null || noDisk !== null);
  const [wantsQuiesce, setQuiesce] = useState(false);
  const storage = planCreate(set, { name, memory }).storage;
  const noQuiesce = quiesceProblem(set.vm, storage);
  const quiesce = wantsQuiesce && noQuiesce === null;
  const plan = planCreate(set, { name, memory, quiesce });
  const lines = judgeQuota(quota, askedBySnapshot);
  const badName =
    plan.problem?.key === "snapshot.name" || plan.problem?.key === "snapshot.name_taken";
  const blocked = plan.problem ? errorText(plan.problem) : overReason(lines);

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (blocked !== null) return;
    if (!(await submit(() => create({ vmId, name, description, memory, quiesce })))) return;
    toast.info(t("started", { name }));
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t("title")}>
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4 pb-2">
        <Field label={t("name")} hint={t("nameHint")} error={badName && blocked}>
          {(control) => (
            <Input
              {...control}
              data-autofocus
              autoComplete="off"
              spellCheck={false}
              maxLength={snapshotLimits.nameLength}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("description")} optional={t("optional")}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={snapshotLimits.descriptionLength}
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 font-medium text-13">{t("content")}</legend>
          <RadioCard
            name="content"
            checked={memory}
            disabled={noMemory !== null}
            onChange={() => setMemory(true)}
            label={t("memory")}
            hint={noMemory ? errorText(noMemory) : t("memoryHint")}
          />
          <RadioCard
            name="content"
            checked={!memory}
            disabled={noDisk !== null}
            onChange={() => setMemory(false)}
            label={t("disk")}
            hint={noDisk ? errorText(noDisk) : t(set.vm.running ? "diskHint" : "diskOffHint")}
          />
        </fieldset>
        {!memory && set.vm.running && (
          <Checkbox
            label={t("quiesce")}
            hint={noQuiesce ? errorText(noQuiesce) : t("quiesceHint")}
            disabled={noQuiesce !== null}
            checked={quiesce}
            onChange={(event) => setQuiesce(event.target.checked)}
          />
        )}
        <p className="rounded-md bg-raised px-3 py-2.5 text-13" role="status">
          {plan.problem && !badName ? errorText(plan.problem) : t(`kept.${plan.storage}`)}{" "}
          <span className="text-muted">
            {t("ofLimit", { count: set.snapshots.length + 1, limit: snapshotLimits.perVm })}
          </span>
        </p>
        <QuotaPreview lines={lines} />
        <VirshLine commands={createCommands(set, plan, { name, description })} />
        <DialogEnd failure={failure} onCancel={onClose}>
          <ReasonButton
            type="submit"
            variant="primary"
            busy={busy}
            disabledReason={blocked}
            align="end"
          >
            {t("confirm")}
          </ReasonButton>
        </DialogEnd>
      </form>
    </Dialog>
  );
}
