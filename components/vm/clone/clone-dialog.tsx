"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { useOverReason } from "@/components/quota/use-over-reason";
import { callAction } from "@/components/ui/call-action";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { controlClass, Input } from "@/components/ui/input";
import { PlanEnd } from "@/components/ui/plan-end";
import { RadioCard } from "@/components/ui/radio-card";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import type { ClonePlan } from "@/lib/model/clone";
import type { UserMessage } from "@/lib/model/errors";
import { judgeQuota } from "@/lib/model/quota";
import type { ActionFailure } from "@/lib/model/result";
import type { VmView } from "@/lib/model/vm";
import { vmLimits } from "@/lib/model/vm-limits";
import { CloneSummary } from "./clone-summary";
import type { CloneTools } from "./types";

interface CloneDialogProps {
  vm: Pick<VmView, "id" | "name" | "description" | "template">;
  tools: CloneTools;
  onClose: () => void;
}

/** What a clone of a VM will be and take, and what it is called, before it is made. */
export function CloneDialog({ vm, tools, onClose }: CloneDialogProps) {
  const t = useTranslations("vm.clone");
  const router = useRouter();
  const errorText = useErrorText();
  const overReason = useOverReason();
  const { plan, against } = usePlan(vm.id, tools);
  const [name, setName] = useState("");
  const [description, setDescription] = useState(vm.description);
  const [linked, setLinked] = useState(vm.template);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const lines = plan === null ? [] : judgeQuota(plan.quota, plan.asked);
  const wanting = name.trim() === "" ? t("nameFirst") : null;
  const blocked = overReason(lines) ?? wanting;
  const errorOf = (field: "name" | "description") => {
    const error = failure?.fields[field];
    return error && errorText(error);
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || plan === null || blocked !== null) return;
    setBusy(true);
    const result = await callAction(() => tools.clone({ vmId: vm.id, name, description, linked }));
    setBusy(false);
    setFailure(result.ok ? null : result.error);
    if (!result.ok) return;
    toast.info(t("started", { name: name.trim() }));
    router.push(`/p/${tools.slug}/vms/${result.value.vmId}`);
    onClose();
  }

  const unplaced = failure !== null && Object.keys(failure.fields).length === 0;
  return (
    <Dialog open onClose={onClose} title={t("title", { name: vm.name })}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4 pb-2">
        <Field label={t("name")} error={errorOf("name")}>
          {(control) => (
            <Input
              {...control}
              required
              maxLength={vmLimits.nameLength}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("description")} error={errorOf("description")}>
          {(control) => (
            <textarea
              {...control}
              rows={2}
              maxLength={vmLimits.descriptionLength}
              value={description}
              onChange={(event) => setDescription(event.target.value)}
              className={`${controlClass} h-auto py-2`}
            />
          )}
        </Field>
        {vm.template && (
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1.5 font-medium text-13">{t("disks")}</legend>
            {[true, false].map((each) => (
              <RadioCard
                key={String(each)}
                name="linked"
                checked={linked === each}
                onChange={() => setLinked(each)}
                label={t(each ? "linked" : "full")}
                hint={t(each ? "linkedHint" : "fullHint")}
              />
            ))}
          </fieldset>
        )}
        {plan !== null && (
          <>
            <CloneSummary plan={plan} linked={linked} />
            <QuotaPreview lines={lines} />
            {!linked && (
              <VirshLine commands={[`virt-clone --original ${plan.domainName} --auto-clone`]} />
            )}
          </>
        )}
        <PlanEnd
          reading={plan === null ? t("reading") : null}
          against={against}
          failure={unplaced ? failure.message : null}
          busy={busy}
          blocked={blocked}
          onCancel={onClose}
        >
          {t("confirm")}
        </PlanEnd>
      </form>
    </Dialog>
  );
}

/** Asks once what a clone would be; `against` says why there cannot be one. */
function usePlan(vmId: string, { plan: ask }: CloneTools) {
  const [plan, setPlan] = useState<ClonePlan | null>(null);
  const [against, setAgainst] = useState<UserMessage | null>(null);
  useEffect(() => {
    let left = false;
    void callAction(() => ask({ vmId })).then((result) => {
      if (left) return;
      if (result.ok) setPlan(result.value);
      else setAgainst(result.error.message);
    });
    return () => {
      left = true;
    };
  }, [vmId, ask]);
  return { plan, against };
}
