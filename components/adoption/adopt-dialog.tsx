"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useProof } from "@/components/account/prove-dialog";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PlanEnd } from "@/components/ui/plan-end";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UnmanagedVmView } from "@/lib/model/host";
import type { ActionFailure } from "@/lib/model/result";
import { vmLimits } from "@/lib/model/vm-limits";
import { AdoptionSummary } from "./adoption-summary";
import type { AdoptionTools } from "./types";
import { useAdoptionPlan } from "./use-adoption-plan";

interface AdoptDialogProps {
  vm: UnmanagedVmView;
  tools: AdoptionTools;
  onClose: () => void;
}

/** Whose a machine is to be and what that takes, before anything is done. */
export function AdoptDialog({ vm, tools, onClose }: AdoptDialogProps) {
  const t = useTranslations("adoption");
  const router = useRouter();
  const errorText = useErrorText();
  const prove = useProof();
  const [projectId, setProjectId] = useState(tools.projects[0]?.id ?? "");
  const [name, setName] = useState(vm.domainName);
  const [lasting, setLasting] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const machine = { hostId: vm.hostId, uuid: vm.uuid, projectId };
  const input = { ...machine, ...(lasting && { makePersistent: true }) };
  const { plan, against } = useAdoptionPlan(input, tools);
  const blocked = plan?.possible === false ? t("impossible") : null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || plan === null || blocked !== null) return;
    setBusy(true);
    const result = await prove(() => tools.adopt({ ...input, name }));
    setBusy(false);
    setFailure(result.ok ? null : result.error);
    if (!result.ok) return;
    toast.ok(t("done", { name: result.value.name }));
    const slug = tools.projects.find((each) => each.id === projectId)?.slug;
    router.push(`/p/${slug}/vms/${result.value.id}`);
    onClose();
  }

  const nameError = failure?.fields.name;
  return (
    <Dialog open onClose={onClose} title={t("title", { name: vm.domainName })}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4 pb-2">
        <Field label={t("project")}>
          {(control) => (
            <Select
              {...control}
              value={projectId}
              onChange={(event) => setProjectId(event.target.value)}
            >
              {tools.projects.map((project) => (
                <option key={project.id} value={project.id}>
                  {project.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t("name")} error={nameError && errorText(nameError)}>
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
        {!vm.persistent && (
          <Checkbox
            label={t("makePersistent")}
            hint={t("makePersistentHint")}
            checked={lasting}
            onChange={(event) => setLasting(event.target.checked)}
          />
        )}
        {plan !== null && <AdoptionSummary plan={plan} />}
        <PlanEnd
          reading={plan === null ? t("reading") : null}
          against={against}
          failure={nameError ? null : (failure?.message ?? null)}
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
